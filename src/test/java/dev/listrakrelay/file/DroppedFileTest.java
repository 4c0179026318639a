package dev.listrakrelay.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.listrakrelay.ingest.Intake;
import dev.listrakrelay.ingest.Messages;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DroppedFileTest {

    @TempDir
    Path dir;

    @Test
    void aRowBecomesATrackOfItsColumns() throws IOException {
        // given
        Path file = write(
                "orders.csv",
                """
                event,email,userId,timestamp,order_id,note
                Order Completed,kim@example.com,,2026-01-02T03:04:05Z,A-1,"two, and ""quoted""
                on two lines"
                """);

        // when
        List<String> events = json(file);

        // then
        assertThat(
                events,
                contains(
                        """
                        {"type":"track","event":"Order Completed","context":{"traits":{"email":"kim@example.com"}},\
                        "timestamp":"2026-01-02T03:04:05Z","properties":{"order_id":"A-1",\
                        "note":"two, and \\"quoted\\"\\non two lines"}}"""));
    }

    @Test
    void semicolonsTabsAndAByteOrderMarkAreUnderstood() throws IOException {
        assertThat(json(write("a.csv", "\uFEFFevent;order_id\nO;1\n")), contains(track("1")));
        assertThat(json(write("b.csv", "event\torder_id\nO\t1\n")), contains(track("1")));
        assertThat(json(write("c.ndjson", "\uFEFF{}\n")), contains("{}"));
    }

    @Test
    void aRowOfAnotherLengthIsToldAndTheNextOneIsRead() throws IOException {
        // given
        Path file = write("orders.csv", "event,order_id\nO,1\nO,2,3\nO,4\n");

        // when
        List<Messages.Message> messages = messages(file);

        // then
        assertThat(messages, hasSize(3));
        assertThat(messages.get(1).mistake(), is("row: 3 values, expected 2"));
        assertThat(text(messages.get(1)), is("[\"O\",\"2\",\"3\"]"));
        assertThat(text(messages.get(2)), is(track("4")));
    }

    @Test
    void theEmailOfAGroupIsItsCompanysAndOfAnyOtherItsContacts() throws IOException {
        // given
        Path file = write("rows.csv", "email,type,userId\ninfo@acme.example, group,u-1\nkim@example.com,page,u-1\n");

        // when
        List<String> events = json(file);

        // then
        assertThat(
                events,
                contains(
                        containsString("{\"type\":\" group\",\"traits\":{\"email\":\"info@acme.example\"},"),
                        containsString("\"context\":{\"traits\":{\"email\":\"kim@example.com\"}}")));
        assertThat(events.get(0), not(containsString("context")));
    }

    @Test
    void aBadRowIsCountedAsAnEditorCountsIt() throws IOException {
        // given
        DroppedFile file = new DroppedFile(write("orders.csv", "event,order_id\nO,1\n,2\n"));
        file.next();

        // when
        file.taken(List.of(new Intake.Rejection(1, "no event")));

        // then
        assertThat(
                Files.readString(dir.resolve(".done/orders.csv.bad.ndjson")),
                startsWith("{\"line\":3,\"reason\":\"no event\""));
        file.close();
    }

    @Test
    void anEmptyLineHoldsNoEventAndIsNoBadOne() throws IOException {
        assertThat(json(write("orders.ndjson", "{}\n\n \r\n{}")), contains("{}", "[]", "[]", "{}"));
    }

    @Test
    void whatIsNotUtf8EndsAFileWithThat() throws IOException {
        // given
        Path file = write("orders.csv", "event,order_id\nO,\u00e4\n", StandardCharsets.ISO_8859_1);

        // when
        List<Messages.Message> messages = messages(file);

        // then
        assertThat(messages.get(messages.size() - 1).mistake(), containsString("nothing behind it was read"));
    }

    @Test
    void aQuoteThatNeverEndsEndsAFileAndTakesNoMemory() throws IOException {
        // given
        Path file = write("orders.csv", "event,order_id\nO,\"" + "x,\n".repeat(500_000));

        // when
        List<Messages.Message> messages = messages(file);

        // then
        assertThat(messages, hasSize(1));
        assertThat(messages.get(0).mistake(), containsString("not CSV"));
    }

    @Test
    void aLineThatIsTooLongIsCutAndTheNextOneIsRead() throws IOException {
        // given
        Path file = write("orders.ndjson", "x".repeat(Lines.MOST_BYTES + 1) + "\n{}\n");

        // when
        List<Messages.Message> messages = messages(file);

        // then
        assertThat(messages.get(0).mistake(), startsWith("line: 512001 bytes"));
        assertThat(messages.get(0).json().length, is(Lines.MOST_BYTES));
        assertThat(text(messages.get(1)), is("{}"));
    }

    @Test
    void aFileIsGoneOnWithBehindWhatWasTaken() throws IOException {
        // given
        Path file = write(
                "orders.ndjson",
                IntStream.range(0, 1_700).mapToObj(i -> i + "\n").collect(Collectors.joining()));
        DroppedFile killed = new DroppedFile(file);
        killed.next();
        killed.taken(List.of(new Intake.Rejection(7, "no event")));
        killed.next();
        killed.close();

        // when
        List<Messages.Message> rest = messages(file);

        // then
        assertThat(text(rest.get(0)), is("500"));
        assertThat(rest, hasSize(1_200));
        assertThat(rest.get(0).place(), startsWith("orders.ndjson-"));
        assertThat(rest.get(0).place().replaceFirst(".*:", ""), is("501"));
        assertThat(
                Files.readAllLines(dir.resolve(".done/orders.ndjson.bad.ndjson")),
                contains("{\"line\":8,\"reason\":\"no event\",\"value\":\"7\"}"));
    }

    @Test
    void anotherFileOfTheSameNameIsReadFromItsBeginning() throws IOException {
        // given
        Path file = write("orders.ndjson", "1\n2\n");
        DroppedFile first = new DroppedFile(file);
        first.next();
        first.taken(List.of());

        // when
        Files.writeString(file, "one\n");

        // then
        assertThat(json(file), contains("one"));
    }

    @Test
    void noBatchIsLargerThanFewHundredLines() throws IOException {
        // given
        Path file = write("orders.ndjson", "{}\n".repeat(1_001));

        // when
        List<Integer> sizes = new ArrayList<>();
        try (DroppedFile dropped = new DroppedFile(file)) {
            dropped.forEachRemaining(batch -> sizes.add(batch.messages().size()));
        }

        // then
        sizes.forEach(size -> assertThat(size, lessThanOrEqualTo(500)));
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum(), is(1_001));
    }

    private static String track(String order) {
        return "{\"type\":\"track\",\"event\":\"O\",\"properties\":{\"order_id\":\"" + order + "\"}}";
    }

    private Path write(String name, String text) throws IOException {
        return write(name, text, UTF_8);
    }

    private Path write(String name, String text, Charset charset) throws IOException {
        return Files.writeString(dir.resolve(name), text, charset);
    }

    private static List<String> json(Path file) throws IOException {
        return messages(file).stream().map(DroppedFileTest::text).toList();
    }

    private static String text(Messages.Message message) {
        return new String(message.json(), UTF_8);
    }

    private static List<Messages.Message> messages(Path file) throws IOException {
        List<Messages.Message> messages = new ArrayList<>();
        try (DroppedFile dropped = new DroppedFile(file)) {
            dropped.forEachRemaining(batch -> messages.addAll(batch.messages()));
        }
        return messages;
    }
}
