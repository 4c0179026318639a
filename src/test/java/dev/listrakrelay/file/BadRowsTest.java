package dev.listrakrelay.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.listrakrelay.ingest.IntakeResult;
import dev.listrakrelay.ingest.MessageBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mistake in a file makes only its own row a bad row, and is reported with the line number that an editor shows. */
class BadRowsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path dir;

    private final List<String> orders = new ArrayList<>();
    private final List<String> bad = new ArrayList<>();

    @BeforeEach
    void forget() {
        orders.clear();
        bad.clear();
    }

    @Test
    void aByteThatIsNotUtf8MakesOnlyItsRowBad() throws IOException {
        // given
        StringBuilder rows = new StringBuilder("event,order_id\n");
        IntStream.rangeClosed(1, 400)
                .forEach(i ->
                        rows.append("O,").append(i == 300 ? "J\u00f6rg" : i).append('\n'));

        // when
        take("orders.csv", rows.toString().getBytes(ISO_8859_1));

        // then
        assertThat(bad, contains("301 line: expected UTF-8, found other bytes"));
        assertThat(orders, hasSize(399));
    }

    @Test
    void aByteThatIsNotUtf8MakesOnlyItsLineBad() throws IOException {
        take("orders.ndjson", (order("1") + "\n" + order("\u00f6") + "\n" + order("3")).getBytes(ISO_8859_1));

        assertThat(bad, contains("2 line: expected UTF-8, found other bytes"));
        assertThat(orders, contains("1", "3"));
    }

    @Test
    void columnsThatAreNotUtf8AreReportedAndTheirRowsAreAccepted() throws IOException {
        take("orders.csv", "event,order_id,stra\u00dfe\nO,1,x\nO,2,x\n".getBytes(ISO_8859_1));

        assertThat(bad, contains("1 line: expected UTF-8, found other bytes"));
        assertThat(orders, contains("1", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesAreCountedAsAnEditorCountsThem(String end) throws IOException {
        take(
                "rows.csv",
                "\n\nevent,order_id\n\n \nO,1\nO\nO,\"3\n\nthird\"\nO\nO,5"
                        .replace("\n", end)
                        .getBytes(UTF_8));

        assertThat(bad, contains("7 row: expected 2 values, found 1", "11 row: expected 2 values, found 1"));
        assertThat(orders, contains("1", "3\n\nthird".replace("\n", end), "5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesOfJsonAreCountedAsAnEditorCountsThem(String end) throws IOException {
        take(
                "lines.ndjson",
                ("\n" + order("1") + "\n\n\u00f6\n" + order("2"))
                        .replace("\n", end)
                        .getBytes(ISO_8859_1));

        assertThat(bad, contains("4 line: expected UTF-8, found other bytes"));
        assertThat(orders, contains("1", "2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a \\\"b\\\" c\"",
                "\"ends in \\\"\"",
                "\"\\\"\"",
                "\"never ends",
                "\"5\" pipe\"",
                "\"\"\"\"\"\n\"x\" y"
            })
    void quotesThatDoNotPairCostTheirRowAlone(String value) throws IOException {
        for (String end : List.of("", "\nO,\"4, quoted\"\nO,\"\"\"5\"\" and\nmore\"\nO,6")) {
            forget();
            take("rows" + end.length() + ".csv", ("event,order_id\nO,1\nO," + value + "\nO,3" + end).getBytes(UTF_8));

            assertThat(bad.get(0), startsWith("3 row: unpaired quotes"));
            assertThat(orders.subList(0, 2), contains("1", "3"));
            assertThat(
                    orders.subList(2, orders.size()),
                    end.isEmpty() ? empty() : contains("4, quoted", "\"5\" and\nmore", "6"));
        }
    }

    @Test
    void aBackslashIsAnOrdinaryCharacter() throws IOException {
        take("rows.csv", "event,order_id\nO,\"C:\\\"\nO,\\\nO,5\" pipe\nO,\"4\" \n".getBytes(UTF_8));

        assertThat(bad, empty());
        assertThat(orders, contains("C:\\", "\\", "5\" pipe", "4"));
    }

    @Test
    void columnsWhoseQuotesDoNotPairEndAFileWithThat() throws IOException {
        take("rows.csv", "event,\"order\\\"id\nO,1\n".getBytes(UTF_8));

        assertThat(bad, contains(startsWith("1 row: unpaired quotes")));
        assertThat(bad.get(0).endsWith("; no row after it was read"), is(true));
    }

    @Test
    void aRowThatIsTooLongIsCutAndTheNextOneIsRead() throws IOException {
        take(
                "rows.csv",
                ("event,order_id\nO," + "x".repeat(3_000_000) + "\nO,\"" + "x".repeat(3_000_000) + "\"\nO,3")
                        .getBytes(UTF_8));

        String reason = " line: too long, expected at most 512000 bytes, found ";
        assertThat(bad, contains(startsWith("2" + reason + "3000002"), startsWith("3" + reason + "3000004")));
        assertThat(orders, contains("3"));
    }

    /** Each of these files could begin a row of a hundred thousand lines. */
    @Test
    void everyFileIsReadToItsEnd() throws IOException {
        take("rows.csv", ("event,order_id\n" + "x\",\"\"\"\n".repeat(100_000) + "O,1\n").getBytes(UTF_8));

        assertThat(bad, hasSize(100_000));
        assertThat(orders, contains("1"));
    }

    @Test
    void noiseIsBadRowsToItsEnd() throws IOException {
        // given
        byte[] noise = new byte[3_000_000];
        new Random(1).nextBytes(noise);

        // when
        take("noise.csv", noise);

        // then
        assertThat(bad, not(empty()));
        assertThat(orders, empty());
    }

    @Test
    void aKillChangesNeitherLinesNorIds() throws IOException {
        // given
        StringBuilder rows = new StringBuilder("event,order_id\r\n\r\n");
        IntStream.rangeClosed(1, 400).forEach(i -> rows.append("O,\"\r\n\"\r\n\r\nO\r\n"));
        Path file = Files.writeString(dir.resolve("rows.csv"), rows.toString());
        Path same = Files.createDirectory(dir.resolve("other")).resolve("rows.csv");
        List<String> ids = ids(Files.copy(file, same, StandardCopyOption.COPY_ATTRIBUTES), 2);

        // when
        List<String> before = ids(file, 1);
        List<String> behind = ids(file, 1);

        // then
        assertThat(before, is(ids.subList(0, 500)));
        assertThat(behind, is(ids.subList(500, 800)));
        List<String> written = Files.readAllLines(dir.resolve(".done/rows.csv.bad.ndjson"));
        assertThat(written, is(Files.readAllLines(dir.resolve("other/.done/rows.csv.bad.ndjson"))));
        assertThat(written, hasSize(400));
        assertThat(written.get(399), startsWith("{\"line\":" + (2 + 4 * 400)));
    }

    /** Reads this many batches of a file and then stops, as if the process was killed. */
    private static List<String> ids(Path file, int batches) throws IOException {
        List<String> ids = new ArrayList<>();
        try (DroppedFile dropped = new DroppedFile(file)) {
            for (int i = 0; i < batches; i++) {
                List<MessageBatch.Message> messages = dropped.next().messages();
                messages.forEach(message -> ids.add(message.position()));
                dropped.batchStored(rejections(messages));
            }
        }
        return ids;
    }

    private void take(String name, byte[] bytes) throws IOException {
        try (DroppedFile dropped = new DroppedFile(Files.write(dir.resolve(name), bytes))) {
            while (dropped.hasNext()) {
                List<MessageBatch.Message> messages = dropped.next().messages();
                for (MessageBatch.Message message : messages) {
                    if (message.mistake().isEmpty() && message.json().length > "[]".length()) {
                        orders.add(JSON.readTree(message.json())
                                .at("/properties/order_id")
                                .textValue());
                    }
                }
                dropped.batchStored(rejections(messages));
            }
        }
        Path written = dir.resolve(".done/" + name + ".bad.ndjson");
        for (String line : Files.exists(written) ? Files.readAllLines(written) : List.<String>of()) {
            JsonNode told = JSON.readTree(line);
            bad.add(told.path("line") + " " + told.path("reason").textValue());
        }
    }

    private static List<IntakeResult.Rejection> rejections(List<MessageBatch.Message> messages) {
        return IntStream.range(0, messages.size())
                .filter(i -> !messages.get(i).mistake().isEmpty())
                .mapToObj(i -> new IntakeResult.Rejection(i, messages.get(i).mistake()))
                .toList();
    }

    private static String order(String id) {
        return "{\"type\":\"track\",\"event\":\"O\",\"properties\":{\"order_id\":\"" + id + "\"}}";
    }
}
