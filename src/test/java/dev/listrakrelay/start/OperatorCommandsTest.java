package dev.listrakrelay.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that ask a running relay: their requests, their output and their exit codes. */
class OperatorCommandsTest {

    private static final String KEPT = "\"kept\":{\"complete\":true,\"events\":12000}";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private HttpServer relay;
    private int status = 200;

    @BeforeEach
    void open() throws IOException {
        relay = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        relay.createContext("/admin/", this::answer);
        relay.start();
        Files.writeString(folder.resolve("old.mapping.yaml"), "old: text");
        Files.writeString(folder.resolve("new.mapping.yaml"), "new: text");
    }

    @AfterEach
    void close() {
        relay.stop(0);
    }

    @Test
    void theBooksArePrintedAsTheRelaySendsThem() {
        // given
        answers.add("spool,name\r\n");

        // when
        int code = run("books", "--day", "2026-06-06", "--format", "csv", "--spool", "events");

        // then
        assertEquals(0, code);
        assertEquals("spool,name\r\n", printed());
        assertEquals(List.of("GET books?format=csv&day=2026-06-06&spool=events Bearer token "), asked);
    }

    @Test
    void aTestAlertIsAskedForAndNamed() {
        // given
        answers.add("{\"alert\":\"ListrakRelayTest\"}");

        // when
        int code = run("alerts", "test");

        // then
        assertEquals(0, code);
        assertTrue(printed().startsWith("The relay stored the alert ListrakRelayTest,"), printed());
        assertEquals(List.of("POST alerts/test Bearer token {}"), asked);
    }

    @Test
    void whatMayHaveArrivedTwiceIsPrintedAsTheRelaySendsIt() {
        // given
        answers.add("contact,messageId\r\n");

        // when
        int code = run("ambiguous", "--from", "2026-06-06T00:00:00Z", "--spool", "events");

        // then
        assertEquals(0, code);
        assertEquals("contact,messageId\r\n", printed());
        assertEquals(
                List.of("GET ambiguous?format=csv&from=2026-06-06T00%3A00%3A00Z&spool=events Bearer token "), asked);
    }

    @Test
    void aDiffAddsUpItsPartsAndEndsWithOne() {
        // given
        answers.add(
                """
                {"mistakes":[],"changes":{"looked":10000,"same":9999,"since":"2026-06-06T00:00:00Z","next":2001,%s,"changed":[
                 {"from":"dropped no_rule","to":"sent purchase","fromRule":"","toRule":"events[3]","count":1,"samples":[
                  {"seq":7,"name":"Product Added","before":{"outcome":"dropped","reason":"no_rule"},
                   "after":{"outcome":"sent","events":[{"a":1}]}}]}]}}"""
                        .formatted(KEPT));
        answers.add(
                """
                {"mistakes":[],"changes":{"looked":2000,"same":1000,"since":"2026-06-06T00:00:00Z","changed":[
                 {"from":"dropped no_rule","to":"sent purchase","fromRule":"","toRule":"events[3]","count":1000,"samples":[]}]}}""");

        // when
        int code = diff("--hours", "24");

        // then
        assertEquals(1, code, said.toString(StandardCharsets.UTF_8));
        assertEquals(
                """
                12,000 events since 2026-06-06T00:00:00Z, 1,001 outcomes change

                   1,001  dropped no_rule -> sent purchase (events[3])
                          event 7 Product Added: dropped no_rule -> [{"a":1}]
                """,
                printed());
        assertTrue(
                asked.get(0).contains("\"hours\":\"24\",\"old\":\"old: text\",\"mapping\":\"new: text\""),
                asked.get(0));
        assertTrue(asked.get(1).contains("\"since\":\"2026-06-06T00:00:00Z\",\"before\":2001"), asked.get(1));
        assertEquals("10,000 of 12,000 events\n", said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aDiffWithoutAChangeEndsWithZeroAndSaysWhatIsNotKept() {
        // given
        answers.add("{\"mistakes\":[],\"changes\":{\"looked\":5,\"same\":5,\"since\":\"s\",\"changed\":[],"
                + "\"kept\":{\"complete\":false,\"notKept\":1200,\"why\":\"spool.history\",\"events\":5}}}");

        // when
        int code = diff();

        // then
        assertEquals(0, code);
        assertEquals(
                """
                5 events since s, 0 outcomes change
                Not all events of these hours are kept: about 1,200 are missing (spool.history)
                """,
                printed());
    }

    @Test
    void mistakesOfTheMappingsAreReportedWithTheirFilesAndLines() {
        // given
        answers.add("{\"mistakes\":[{\"file\":\"old\",\"line\":2,\"message\":\"a: b\"},"
                + "{\"file\":\"mapping\",\"line\":3,\"message\":\"c: d\"}]}");

        // when
        int code = diff();

        // then
        assertEquals(65, code);
        assertEquals(
                folder + "/old.mapping.yaml: line 2: a: b\n" + folder + "/new.mapping.yaml: line 3: c: d\n",
                said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theSuggestedLinesArePrintedAsADiffAndTheRestAsMessages() throws IOException {
        // given
        answers.add(
                """
                {"mistakes":[],"looked":900,"perName":500,"since":"2026-06-06T00:00:00Z","kept":{"events":12000},
                 "customEvents":[{"customEvent":"listrak 1","fields":3},{"customEvent":"eu 2","lastFailure":"status 500"}],
                 "suggestions":[{"message":"events[0]: a: b","inDiff":true},
                  {"message":"events[1]: c: d","inDiff":false,"place":"events[1].fields.set","line":"c: $.properties.C"}],
                 "diff":"--- a\\n","mapping":"x"}""");
        String file = folder.resolve("new.mapping.yaml").toString();

        // when
        int code = run("suggest", file, "--hours", "48");

        // then
        assertEquals(1, code, said.toString(StandardCharsets.UTF_8));
        assertEquals("--- a\n", printed());
        assertEquals(
                """
                900 of 12,000 events since 2026-06-06T00:00:00Z looked at, at most 500 of each name
                eu 2: Listrak's fields are unknown, status 500
                events[0]: a: b
                events[1]: c: d; add this line yourself under events[1].fields.set: c: $.properties.C
                """,
                said.toString(StandardCharsets.UTF_8));
        assertEquals(
                List.of("POST mapping/suggestions Bearer token {\"hours\":\"48\",\"file\":\"" + file
                        + "\",\"mapping\":\"new: text\"}"),
                asked);
    }

    @Test
    void withoutAFileTheActiveMappingGetsSuggestionsAndNoneIsZero() {
        // given
        answers.add("{\"mistakes\":[],\"suggestions\":[],\"diff\":\"\"}");

        // when
        int code = run("suggest");

        // then
        assertEquals(0, code);
        assertEquals("", printed());
        assertEquals(List.of("POST mapping/suggestions Bearer token {\"hours\":\"24\"}"), asked);
    }

    @Test
    void mistakesOfTheMappingAndAMissingFileHaveTheirCodes() {
        // given
        answers.add("{\"mistakes\":[{\"file\":\"mapping\",\"line\":3,\"message\":\"c: d\"}]}");
        String file = folder.resolve("new.mapping.yaml").toString();

        // when
        int mistakes = run("suggest", file);
        int missing = run("suggest", folder.resolve("missing.yaml").toString());

        // then
        assertEquals(65, mistakes);
        assertEquals(66, missing);
        assertTrue(
                said.toString(StandardCharsets.UTF_8).startsWith(file + ": line 3: c: d\n"),
                said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aCaseIsMadeOfTheEventAsItCameBeforeItWasForwarded() {
        // given
        answers.add(
                "{\"events\":[{\"seq\":9,\"spool\":\"listrak-eu\"},{\"seq\":4,\"spool\":\"events\"}],\"deadLetters\":[]}");
        answers.add("{\"yaml\":\"- case: track\\n\"}");

        // when
        int code = run("case", "m 1");

        // then
        assertEquals(0, code);
        assertEquals("- case: track\n", printed());
        assertEquals(
                List.of("GET events?messageId=m+1 Bearer token ", "POST events/4/case?spool=events Bearer token {}"),
                asked);
    }

    @Test
    void anEventThatIsNotKeptHasItsOwnExitCode() {
        // given
        answers.add("{\"events\":[],\"deadLetters\":[]}");

        // when
        int code = run("case", "m1");

        // then
        assertEquals(66, code);
        assertEquals("", printed());
    }

    @ParameterizedTest
    @CsvSource({"400, 64", "401, 78", "403, 78", "404, 78", "429, 69", "503, 69"})
    void whatTheRelayRefusesIsReportedAndHasACode(int answered, int expected) {
        // given
        status = answered;
        answers.add("{\"error\":\"day: expected a day\"}");

        // when
        int code = run("books", "--day", "x");

        // then
        assertEquals(expected, code);
        assertEquals("day: expected a day\n", said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aRelayThatIsNotRunningIsReported() {
        // given
        relay.stop(0);

        // when
        int code = run("books");

        // then
        assertEquals(69, code);
        assertTrue(
                said.toString(StandardCharsets.UTF_8).contains("start the relay"),
                said.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "books --day",
        "books x",
        "books --hours 1",
        "books --format xml",
        "ambiguous --format json",
        "diff one",
        "diff --hours 1",
        "alerts",
        "alerts tset",
        "case",
        "case a b",
        "suggest a b",
        "suggest --format json",
        "diff a b --format csv"
    })
    void wrongUsageIsReported(String line) {
        assertEquals(64, OperatorCommands.run(List.of(line.split(" ")), config(), out(printed), out(said)));
        assertEquals(List.of(), asked);
    }

    private int diff(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "diff",
                folder.resolve("old.mapping.yaml").toString(),
                folder.resolve("new.mapping.yaml").toString()));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    private int run(String... args) {
        return OperatorCommands.run(List.of(args), config(), out(printed), out(said));
    }

    private SmallRyeConfig config() {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "admin.token",
                                "token",
                                "quarkus.management.port",
                                String.valueOf(relay.getAddress().getPort())),
                        "test",
                        100))
                .build();
    }

    private static PrintStream out(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange http) throws IOException {
        String path = http.getRequestURI().toString().substring("/admin/".length());
        String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(http.getRequestMethod() + " " + path + " "
                + http.getRequestHeaders().getFirst("Authorization") + " " + body);
        byte[] answer = answers.remove().getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(status, answer.length);
        http.getResponseBody().write(answer);
        http.close();
    }
}
