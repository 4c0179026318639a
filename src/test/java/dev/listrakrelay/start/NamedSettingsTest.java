package dev.listrakrelay.start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.listrakrelay.spool.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings that exist once per name: webhooks, accounts, shapes and quiet events. */
class NamedSettingsTest extends CheckedConfiguration {

    private static final String UID = "7d3b6f0e-5c1a-4f8e-9a2b-0c1d2e3f4a5b";

    @Test
    void allMistakesOfWebhooksAreReportedAtOnce() {
        // given
        settings.put("webhook.orders.forward-url", "http://crm.example.com/in?key=s3cret");
        settings.put("webhook.orders.forward-secret", "not base64");
        settings.put("webhook.carts.secret", "s3cret");
        settings.put("webhook.carts.tolerance", "13h");
        settings.put("webhook.carts.max-age", "soon");
        settings.put("webhook.carts.secrt", "s3cret");
        settings.put("webhook.Big_Name.secret", "s3cret");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of(
                        "webhook.Big_Name: invalid name, expected lower-case letters and digits, with single hyphens between them",
                        "webhook.carts.max-age (WEBHOOK_CARTS_MAX_AGE): expected a duration such as 500ms, 30s or 5m,"
                                + " found soon",
                        "webhook.carts.secrt: unknown key, did you mean webhook.carts.secret?",
                        "webhook.carts.tolerance: expected at most 12h, because duplicates are recognized for 24h; found"
                                + " PT13H",
                        "webhook.orders.forward-secret: expected base64, with or without whsec_ before it, found"
                                + " a different value",
                        "webhook.orders.forward-url: expected https, found http; or set"
                                + " webhook.orders.allow-private=true",
                        "webhook.orders.secret: missing, expected the secret that Journey Hub signs with; without it,"
                                + " anyone could post webhooks. Set WEBHOOK_ORDERS_SECRET"),
                mistakes);
    }

    @Test
    void aCompleteWebhookHasNoMistake() {
        // given
        settings.put("webhook.big-orders.secret", "s3cret");
        settings.put("webhook.big-orders.tolerance", "12h");
        settings.put("webhook.big-orders.forward-url", "https://crm.example.com/in");
        settings.put("webhook.big-orders.forward-secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        settings.put("webhook.inside.secret", "s3cret");
        settings.put("webhook.inside.forward-url", "http://crm.internal/in");
        settings.put("webhook.inside.allow-private", "true");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(List.of(), mistakes);
    }

    @Test
    void allMistakesOfAlertsAreReportedAtOnceWithoutTheAddress() {
        // given
        settings.put("alerts.url", "http://chat.example.com/hooks/s3cret");
        settings.put("alerts.reminder", "0");
        settings.put("alerts.per-minute", "0");
        settings.put("alerts.quiet.orders.event", "Order Completed");
        settings.put("alerts.quiet.carts.longest", "10ms");
        settings.put("alerts.quiet.Big_One.event", "x");
        settings.put("alerts.quiet.Big_One.longest", "1h");
        settings.put("alerts.slack", "s3cret");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of(
                        "alerts.per-minute (ALERTS_PER_MINUTE): expected an integer from 1 to 60, found 0",
                        "alerts.quiet.Big_One: invalid name, expected lower-case letters and digits, with single hyphens"
                                + " between them",
                        "alerts.quiet.carts.event: missing, expected a value; set ALERTS_QUIET_CARTS_EVENT",
                        "alerts.quiet.carts.longest: expected 1s or longer, found 10ms",
                        "alerts.quiet.orders.longest: missing, expected a duration such as 500ms, 30s or 5m; set"
                                + " ALERTS_QUIET_ORDERS_LONGEST",
                        "alerts.reminder: expected 1s or longer, found 0",
                        "alerts.slack: unknown key, did you mean alerts.url?",
                        "alerts.url (ALERTS_URL): expected https, found http; or set alerts.allow-private=true"),
                mistakes);
    }

    @Test
    void anAddressOfAlertsThatIsNoUrlIsNotShown() {
        // given
        settings.put("alerts.url", "hooks.example.com/s3cret");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of("alerts.url (ALERTS_URL): expected a URL such as https://api.listrak.com/crosschannel/v1, found"
                        + " a different value"),
                mistakes);
    }

    @Test
    void completeAlertsHaveNoMistakeAndALineBreakAfterTheAddressIsRemoved() {
        // given
        settings.put("alerts.url", "https://hooks.example.com/s3cret\n");
        settings.put("alerts.authorization", "Bearer s3cret\n");
        settings.put("alerts.quiet.big-orders.event", "Order Completed");
        settings.put("alerts.quiet.big-orders.longest", "PT6H");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(List.of(), mistakes);
        assertEquals(
                "https://hooks.example.com/s3cret",
                configuration("prod").getConfigValue("alerts.url").getValue());
    }

    @Test
    void allMistakesOfNamedAccountsAreReportedAtOnce() {
        // given
        settings.put("listrak.eu.company-id", "acme");
        settings.put("listrak.eu.clientid", "x");
        settings.put("listrak.deadline.client-id", "x");
        settings.put("listrak.Big_One.client-id", "x");
        List<String> needed = List.of("client-id", "client-secret", "company-id", "event-uid");
        for (String key : needed) {
            settings.putIfAbsent("listrak.deadline." + key, key.equals("company-id") ? "1" : UID);
            settings.putIfAbsent("listrak.Big_One." + key, key.equals("company-id") ? "1" : UID);
        }

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of(
                        "listrak.Big_One: invalid name, expected lower-case letters and digits, with single hyphens between them",
                        "listrak.deadline: name in use, expected a name that is not a setting, such as eu",
                        "listrak.eu.client-id: missing, expected the client id of its integration;"
                                + " set LISTRAK_EU_CLIENT_ID",
                        "listrak.eu.client-secret: missing, expected the client secret of its integration;"
                                + " set LISTRAK_EU_CLIENT_SECRET",
                        "listrak.eu.clientid: unknown key, did you mean listrak.eu.client-id?",
                        "listrak.eu.company-id (LISTRAK_EU_COMPANY_ID): expected an integer, found acme",
                        "listrak.eu.event-uid: missing, expected the UUID of its custom event;"
                                + " set LISTRAK_EU_EVENT_UID"),
                mistakes);
    }

    @Test
    void aRuleMayNameTheAccountsThatAreConfigured() throws IOException {
        // given
        Path file = dir.resolve("m.yaml");
        Files.writeString(
                file,
                """
                preset: default
                events:
                  - {when: {type: page}, event_name: seen, account: eu}
                  - {when: {type: screen}, event_name: seen, account: us}
                """);
        settings.put("mapping.file", file.toString());
        for (String key : List.of("client-id", "client-secret", "event-uid")) {
            settings.put("listrak.eu." + key, UID);
        }
        settings.put("listrak.eu.company-id", "1");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of(file + ": events[1].account: unknown account, expected one of eu, listrak"
                        + " (configured as listrak.<name>.*), found us"),
                mistakes);
    }

    @Test
    void inTheSandboxANamedAccountNeedsNoCredentialsAndHasNoneButItsOwn() {
        // given
        settings.put("listrak.client-id", "sandbox");
        settings.put("listrak.client-secret", "sandbox");
        settings.put("listrak.company-id", "12345");
        settings.put("listrak.event-uid", UID);
        settings.put("listrak.api-url", "http://localhost:8090/crosschannel/v1");
        settings.put("listrak.auth-url", "http://localhost:8090/OAuth2/Token");
        settings.put("listrak.eu.company-id", "12345");
        settings.put("listrak.us.client-secret", "s3cret");

        // when
        List<String> mistakes = mistakes("sandbox");

        // then
        assertEquals(
                List.of("listrak.us.client-secret"),
                mistakes.stream().map(mistake -> mistake.split(":")[0]).toList());
    }

    @Test
    void allMistakesOfShapesAreReportedAtOnceWithTheirVariables() {
        // given
        settings.put("source.rest.shapes.till.type", "sale");
        settings.put("source.rest.shapes.till.event", "$receipt.what");
        settings.put("source.rest.shapes.till.message-id", "receipt-1");
        settings.put("source.rest.shapes.till.properties", "$.a[?(");
        settings.put("source.rest.shapes.till.evnts", "$.receipts");
        settings.put("source.rest.shapes.day-end.events", "$..");
        settings.put("source.rest.shapes.Big.event", "Paid");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of(
                        "source.rest.shapes.Big: invalid name, expected lower-case letters and digits, with single hyphens between them",
                        "source.rest.shapes.day-end.event: missing, expected a JSONPath such as $.order.status, or the"
                                + " name of the event; set source.rest.shapes.day-end.event",
                        "source.rest.shapes.day-end.events: expected a JSONPath" + " such as $.order.status, found $..",
                        "source.rest.shapes.till.event (SOURCE_REST_SHAPES_TILL_EVENT): expected a JSONPath such as"
                                + " $.order.status, or a name that does not begin with $, found $receipt.what",
                        "source.rest.shapes.till.evnts: unknown key, did you mean" + " source.rest.shapes.till.events?",
                        "source.rest.shapes.till.message-id (SOURCE_REST_SHAPES_TILL_MESSAGE_ID): expected a JSONPath"
                                + " such as $.order.status, found receipt-1",
                        "source.rest.shapes.till.properties (SOURCE_REST_SHAPES_TILL_PROPERTIES): expected a JSONPath"
                                + " such as $.order.status, found $.a[?(",
                        "source.rest.shapes.till.type (SOURCE_REST_SHAPES_TILL_TYPE): expected a JSONPath such as"
                                + " $.order.status, or one of " + String.join(", ", Event.TYPES) + ", found sale"),
                mistakes);
    }

    @Test
    void aCompleteShapeHasNoMistake() {
        // given
        settings.put("source.rest.shapes.day-end.events", "$.receipts[?(@.total > 0)]");
        settings.put("source.rest.shapes.day-end.event", "Order Completed");
        settings.put("source.rest.shapes.day-end.email", "$.item.customer['e-mail']");
        settings.put("source.rest.shapes.visit.type", "page");
        settings.put("source.rest.shapes.any.type", "$.kind");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(List.of(), mistakes);
    }

    @Test
    void aHyphenInANameKeepsAnUpperCaseVariableFromSettingIt() {
        // given
        settings.put("listrak.eu-west.company-id", "acme");
        settings.put("webhook.cart-abandon.max-age", "soon");

        // when
        List<String> mistakes = mistakes("test");

        // then
        assertEquals(
                List.of(
                        "listrak.eu-west.company-id: expected an integer, found acme",
                        "webhook.cart-abandon.max-age: expected a duration such as 500ms, 30s or 5m, found soon"),
                mistakes);
    }
}
