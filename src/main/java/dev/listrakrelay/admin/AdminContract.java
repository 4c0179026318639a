package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.listrak.Contract;
import dev.listrakrelay.listrak.Contracts;
import dev.listrakrelay.listrak.SchemaCheck;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells what of the mapping Listrak's custom events don't take, and checks it when asked. */
@ApplicationScoped
public class AdminContract {

    private final Contracts contracts;
    private final SchemaCheck check;

    AdminContract(Contracts contracts, SchemaCheck check) {
        this.contracts = contracts;
        this.check = check;
    }

    void check(RoutingContext http) {
        check.run();
        AdminAnswer.send(http, status());
    }

    ObjectNode status() {
        ObjectNode json = AdminJson.object().put("strict", contracts.isStrict());
        ArrayNode all = json.putArray("customEvents");
        contracts.all().forEach(contract -> all.add(one(contract)));
        ArrayNode findings = json.putArray("findings");
        contracts.findings().forEach(found -> {
            ObjectNode finding = findings.addObject().put("reason", found.reason());
            found.field().ifPresent(field -> finding.put("field", field));
            finding.put("message", found.message());
        });
        return json;
    }

    private static ObjectNode one(Contract contract) {
        ObjectNode json = AdminJson.object().put("customEvent", contract.what());
        contract.checked().ifPresent(checked -> json.put("checked", checked.toString()));
        contract.schema().ifPresent(schema -> json.put("fields", schema.types().size()));
        contract.notChecked().ifPresent(why -> json.put("notChecked", why));
        return json;
    }
}
