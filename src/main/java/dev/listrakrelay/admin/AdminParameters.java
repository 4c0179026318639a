package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the parameters of a call from its query and, for a POST, from the fields of its JSON body. */
final class AdminParameters {

    private static final String SEARCH = "an object with the parameters of the search, strings or whole numbers";
    private static final String CONTACT = "contact";

    private AdminParameters() {}

    /** Returns the parameters by name. */
    static Map<String, String> of(RoutingContext http) {
        Map<String, String> parameters = query(http);
        if (http.request().method() == HttpMethod.POST) {
            JsonNode body = AdminBody.json(http, SEARCH);
            if (!body.isObject()) {
                throw AdminRefusal.of("body", SEARCH, "something else");
            }
            body.fields().forEachRemaining(member -> {
                JsonNode value = member.getValue();
                if (!value.isTextual() && !value.isIntegralNumber()) {
                    throw AdminRefusal.of(member.getKey(), "a string or a whole number", "something else");
                }
                put(parameters, member.getKey(), value.asText());
            });
        }
        return parameters;
    }

    private static Map<String, String> query(RoutingContext http) {
        Map<String, String> query = new LinkedHashMap<>();
        http.queryParams().forEach(parameter -> {
            boolean isContact = parameter.getKey().equals(CONTACT);
            put(query, parameter.getKey(), isContact ? contact(http, parameter.getValue()) : parameter.getValue());
        });
        return query;
    }

    /** Returns the contact. A plus in a query means a space, but in an address it is a plus: an address has no spaces. */
    private static String contact(RoutingContext http, String value) {
        if (value.contains("@") && value.contains(" ")) {
            for (String pair : http.request().query().split("&")) {
                if (pair.startsWith(CONTACT + "=")) {
                    String text = pair.substring(CONTACT.length() + 1).replace("+", "%2B");
                    return URLDecoder.decode(text, StandardCharsets.UTF_8);
                }
            }
        }
        return value;
    }

    private static void put(Map<String, String> parameters, String name, String value) {
        if (parameters.put(name, value) != null) {
            throw AdminRefusal.of(name, "one value", "two");
        }
    }
}
