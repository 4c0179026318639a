package dev.listrakrelay.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.settings.Version;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands check and explain: their output and their exit codes. */
class CommandsTest {

    private static final String ORDER =
            """
            {"type":"track","event":"Order Completed","timestamp":"2026-06-06T12:34:56Z","userId":"u-1",
             "context":{"traits":{"email":" Ada@Example.com "}},"properties":{"order_id":"ORD-1","revenue":129.90}}""";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void theDefaultMappingsPassTheirCases() throws IOException {
        // given
        // when
        int exitCode = CheckCommand.run(Path.of("routes/mappings"), out);

        // then
        assertEquals(0, exitCode, printed());
        assertTrue(printed().contains("ecommerce.cases.yaml: 34 cases passed"), printed());
        assertTrue(printed().contains("listrak.mapping.yaml: 5 rules"), printed());
    }

    @Test
    void aCaseThatGivesSomethingElseIsReportedFieldByField() throws IOException {
        // given
        write("shop.mapping.yaml", "preset: default");
        write(
                "shop.cases.yaml",
                """
                - case: an order
                  given:
                    {type: track, event: Order Completed, traits: {email: a@b.c}, properties: {total: 12.50, sku: A}}
                  expect:
                    identifiers: [{identifierType: EmailAddress, identifierValue: a@b.c}]
                    dataFields: {event_name: order, total: "12.50", size: L, event_time: 2026-06-06T12:00:00Z}
                - case: a page
                  given: {type: page, traits: {email: a@b.c}}
                  dropped: no_rule
                """);

        // when
        int exitCode = CheckCommand.run(folder, out);

        // then
        assertEquals(1, exitCode);
        assertEquals(
                """
                shop.mapping.yaml: 5 rules
                shop.cases.yaml: an order
                    dataFields.event_name: expected "order", found "purchase"
                    dataFields.total: expected "12.50", found 12.50
                    dataFields.size: expected "L", found nothing
                    dataFields.sku: expected nothing, found "A"
                shop.cases.yaml: a page
                    expected a drop as no_rule, found a Listrak event
                shop.cases.yaml: 2 of 2 cases failed
                """,
                printed().replace(folder + "/", ""));
    }

    @Test
    void allMistakesInAFileAreReported() throws IOException {
        // given
        write("a.mapping.yaml", "preset: default\nmatch: last\nevents: []");
        write("b.mapping.yaml", "preset: default");
        write("b.cases.yaml", "- given: {type: page}\n  dropt: x");

        // when
        int exitCode = CheckCommand.run(folder, out);

        // then
        assertEquals(65, exitCode);
        assertEquals(
                """
                a.mapping.yaml: match: unknown match, expected one of first, all, found last
                a.mapping.yaml: events: empty list, expected a list with at least one event, each with when, event_name
                b.mapping.yaml: 5 rules
                b.cases.yaml: [0].dropt: unknown key, expected one of case, given, learned, expect, dropped; did you mean dropped?
                b.cases.yaml: [0].case: missing, expected the name of the case
                b.cases.yaml: [0].expect: missing, expected a Listrak event with identifiers, dataFields
                """,
                printed().replace(folder + "/", ""));
    }

    @Test
    void nothingToCheckIsNoSuccess() throws IOException {
        // given
        // when
        int empty = CheckCommand.run(folder, out);
        int missing = CheckCommand.run(folder.resolve("missing.mapping.yaml"), out);

        // then
        assertEquals(66, empty);
        assertEquals(66, missing);
    }

    @Test
    void anEventIsExplainedWithoutAnyConfiguration() throws IOException {
        // given
        write("event.json", ORDER);

        // when
        int exitCode = explain(Optional.empty(), Map.of());

        // then
        assertEquals(0, exitCode, printed());
        assertEquals(
                """
                mapping: routes/mappings/listrak.mapping.yaml
                event:
                  type: track
                  name: Order Completed
                  ordered_by: ada@example.com
                outcome: sent
                rules:
                - rule: "events[0]"
                  event_name: page_view
                  verdict: "type: expected page, found track"
                - rule: "events[1]"
                  event_name: sign_up
                  verdict: "event: expected Signed Up, found Order Completed"
                - rule: "events[2]"
                  event_name: view_item
                  verdict: "event: expected Product Viewed, found Order Completed"
                - rule: "events[3]"
                  event_name: add_to_cart
                  verdict: "event: expected Product Added, found Order Completed"
                - rule: "events[4]"
                  event_name: purchase
                  verdict: matches
                requests:
                - identifiers:
                  - type: email
                    value: ada@example.com
                    path: $.context.traits.email
                  body: |-
                    {
                      "eventUid": "<listrak.event-uid>",
                      "companyId": <listrak.company-id>,
                      "events": [
                        {
                          "identifiers": [
                            {
                              "identifierType": "EmailAddress",
                              "identifierValue": "ada@example.com"
                            }
                          ],
                          "dataFields": {
                            "event_name": "purchase",
                            "order_id": "ORD-1",
                            "revenue": 129.90,
                            "event_time": "2026-06-06T12:34:56Z"
                          }
                        }
                      ]
                    }
                  bytes: 277
                  discarded: "unknown, the custom event's schema is missing"
                """,
                printed());
    }

    @Test
    void theFieldsThatListrakWouldDiscardAreReported() throws IOException {
        // given
        write("event.json", ORDER);
        write("schema.json", "{\"data\":{\"eventSchemaAttrs\":{\"event_name\":\"String\",\"revenue\":\"Double\"}}}");

        // when
        int exitCode = explain(
                Optional.of("schema.json"),
                Map.of("listrak.event-uid", "11111111-2222-4333-8444-555555555555", "listrak.company-id", "7"));

        // then
        assertEquals(0, exitCode, printed());
        assertTrue(printed().endsWith("  discarded:\n  - order_id\n  - event_time\n"), printed());
        assertTrue(printed().contains("\"companyId\": 7,"), printed());
    }

    @Test
    void whatCouldNotBeConvertedIsReportedWithItsResult() throws IOException {
        // given
        write("event.json", ORDER.replace("129.90", "\"a lot\""));
        write(
                "lost.mapping.yaml",
                """
                contact: {email: [$.context.traits.email]}
                events:
                  - when: {type: track, event: Order Completed}
                    event_name: purchase
                    fields:
                      convert: {revenue: Double, order_id: Int}
                      set: {items: {path: $.properties.order_id, as: Int, default: 1}}
                """);

        // when
        explain(
                Optional.empty(),
                Map.of("mapping.file", folder.resolve("lost.mapping.yaml").toString()));

        // then
        assertTrue(
                printed()
                        .contains(
                                """
                                  not_converted:
                                  - "order_id: left out, expected Int, found \\"ORD-1\\""
                                  - "revenue: left out, expected Double, found \\"a lot\\""
                                  - "items: sent as 1, expected Int, found \\"ORD-1\\""
                                """),
                printed());
    }

    @Test
    void anUnfilledPlaceholderIsReported() throws IOException {
        // given
        write("event.json", ORDER);
        write(
                "unfilled.mapping.yaml",
                """
                contact: {email: [$.context.traits.email]}
                events:
                  - when: {type: track, event: Order Completed}
                    event_name: purchase
                    fields:
                      set: {campaign: "spring {properties.utm_source}", list: {path: $.properties.list, default: "${list}"}}
                """);

        // when
        explain(
                Optional.empty(),
                Map.of("mapping.file", folder.resolve("unfilled.mapping.yaml").toString()));

        // then
        assertTrue(
                printed()
                        .contains(
                                """
                                  placeholders:
                                  - "campaign: the event has no value for {properties.utm_source}"
                                  - "list: ${list} is sent as plain text, expected a path in braces such as {properties.list}"
                                """),
                printed());
    }

    @Test
    void anEventThatIsDroppedOrRefusedIsExplainedWithTheReason() throws IOException {
        // given
        write("event.json", "{\"type\":\"page\"}");
        explain(Optional.empty(), Map.of());
        String dropped = printed();
        write("event.json", "{\"type\":\"track\"}");

        // when
        explain(Optional.empty(), Map.of());

        // then
        assertTrue(dropped.contains("outcome: dropped\nreason: no_email\n"), dropped);
        assertTrue(
                printed().contains("outcome: rejected by the intake\nreason: \"event: missing, expected the name"),
                printed());
        assertFalse(printed().contains("body:"));
    }

    @Test
    void aFileThatCanNotBeReadHasItsOwnExitCode() throws IOException {
        // given
        write("bad.mapping.yaml", "preset: nope");

        // when
        int noEvent = explain(Optional.empty(), Map.of());
        write("event.json", ORDER);
        int badMapping = explain(
                Optional.empty(),
                Map.of("mapping.file", folder.resolve("bad.mapping.yaml").toString()));
        write("schema.json", "{}");
        int badSchema = explain(Optional.of("schema.json"), Map.of());

        // then
        assertEquals(66, noEvent);
        assertEquals(65, badMapping);
        assertEquals(65, badSchema);
    }

    @Test
    void theVersionIsPrintedWithTheCommitIfThereIsOne() {
        // given
        Version release = new Version("1.2.3", "abc1234", "", "");

        // when
        String outsideOfGit = new Version("1.2.3", "", "", "").toString();

        // then
        assertEquals("listrak-relay 1.2.3 (commit abc1234)", release.toString());
        assertEquals("listrak-relay 1.2.3", outsideOfGit);
        assertTrue(Version.read().toString().matches("listrak-relay \\d\\S+( \\(commit \\w{7,}\\))?"));
    }

    private int explain(Optional<String> schema, Map<String, String> settings) {
        Config config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .build();
        Clock clock = Clock.fixed(Instant.parse("2026-06-06T12:00:00Z"), ZoneOffset.UTC);
        return ExplainCommand.run(folder.resolve("event.json"), schema.map(folder::resolve), config, clock, out);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
