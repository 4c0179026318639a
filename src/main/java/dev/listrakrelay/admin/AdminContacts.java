package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.EmailAddress;
import dev.listrakrelay.spool.ErasureCounts;
import dev.listrakrelay.spool.Spool;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** Forgets a contact in all spools when the contact asks for erasure. The body has the address, so no access log has it. */
@ApplicationScoped
public class AdminContacts implements AdminCalls {

    private static final Logger LOG = Logger.getLogger(AdminContacts.class);
    private static final String EMAIL = "{\"email\": an e-mail address}";
    private static final int MOST_CHARACTERS = 320;

    private final AdminSpools spools;

    AdminContacts(AdminSpools spools) {
        this.spools = spools;
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.change("/admin/contacts/forget").blockingHandler(this::forget, false);
    }

    /** Sends how much was removed, once no data of the contact is left on disk. */
    void forget(RoutingContext http) {
        String email = email(http);
        ErasureCounts all = ErasureCounts.NOTHING;
        Map<String, ErasureCounts> each = new TreeMap<>();
        for (Map.Entry<String, Spool> spool : spools.stored().entrySet()) {
            ErasureCounts here = spool.getValue().forget(email);
            all = all.plus(here);
            each.put(spool.getKey(), here);
        }
        LOG.infof(
                "contacts: one forgotten, identities %d, pending %d, settled %d, dead letters %d",
                all.identities(), all.pending(), all.settled(), all.deadLetters());
        ObjectNode answer = json(all);
        ArrayNode list = answer.putArray("spools");
        each.forEach(
                (name, here) -> list.add(AdminJson.object().put("name", name).setAll(json(here))));
        AdminAnswer.send(http, answer);
    }

    private static ObjectNode json(ErasureCounts forgotten) {
        return AdminJson.object()
                .put("identities", forgotten.identities())
                .put("pending", forgotten.pending())
                .put("settled", forgotten.settled())
                .put("deadLetters", forgotten.deadLetters())
                .put("rewritten", forgotten.isRewritten());
    }

    private static String email(RoutingContext http) {
        JsonNode body = AdminBody.json(http, EMAIL);
        JsonNode text = body.path("email");
        String email = text.isTextual() ? EmailAddress.of(text.textValue()) : null;
        if (body.size() != 1 || email == null || email.length() > MOST_CHARACTERS) {
            throw AdminRefusal.of("body", EMAIL, "something else");
        }
        return email;
    }
}
