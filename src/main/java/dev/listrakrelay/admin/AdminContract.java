package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.listrak.Contract;
import dev.listrakrelay.listrak.Contracts;
import dev.listrakrelay.listrak.SchemaCheck;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/** Shows which mapped fields Listrak's custom events don't accept, and reads the custom events from Listrak again on request. */
@ApplicationScoped
public class AdminContract implements AdminCalls {

    private final Contracts contracts;
    private final SchemaCheck check;
    private final AnsweringProcess process;

    AdminContract(Contracts contracts, SchemaCheck check, AnsweringProcess process) {
        this.process = process;
        this.contracts = contracts;
        this.check = check;
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.get("/admin/contract").blockingHandler(this::show, false);
        routes.change("/admin/contract/check").blockingHandler(this::check, false);
    }

    void check(RoutingContext http) {
        check.run();
        AdminAnswer.send(http, status());
    }

    private void show(RoutingContext http) {
        ObjectNode json =
                json(AdminContract::whole).put("since", contracts.since().toString());
        AdminAnswer.send(http, process.sign(json));
    }

    ObjectNode status() {
        return json(AdminContract::one);
    }

    private ObjectNode json(Function<Contract, ObjectNode> each) {
        ObjectNode json = AdminJson.object().put("strict", contracts.isStrict());
        ArrayNode all = json.putArray("customEvents");
        contracts.all().forEach(contract -> all.add(each.apply(contract)));
        ArrayNode issues = json.putArray("issues");
        contracts.issues().forEach(found -> {
            ObjectNode issue = issues.addObject().put("reason", found.reason());
            found.field().ifPresent(field -> issue.put("field", field));
            issue.put("message", found.message());
        });
        return json;
    }

    /** Returns a custom event with all its fields. */
    private static ObjectNode whole(Contract contract) {
        ObjectNode json = one(contract);
        ArrayNode fields = json.putArray("fields");
        contract.fields().forEach(field -> {
            ObjectNode line = fields.addObject()
                    .put("name", field.name())
                    .put("type", field.type())
                    .put("state", field.state());
            field.lastFilled().ifPresent(last -> line.put("lastFilled", last.toString()));
        });
        ArrayNode discarded = json.putArray("discarded");
        contract.discardedFields().forEach((name, seen) -> discarded
                .addObject()
                .put("name", name)
                .put("lastSeen", seen.last().toString())
                .put("count", seen.count()));
        return json;
    }

    private static ObjectNode one(Contract contract) {
        ObjectNode json = AdminJson.object().put("customEvent", contract.name());
        contract.checked().ifPresent(checked -> json.put("checked", checked.toString()));
        contract.schema().ifPresent(schema -> json.put("fields", schema.types().size()));
        contract.lastFailure().ifPresent(why -> json.put("lastFailure", why));
        return json;
    }
}
