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
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.listrakrelay.ingest.IntakeResult;
import dev.listrakrelay.ingest.MessageBatch;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events, bad lines and progress of a CSV or NDJSON file in the file source's folder. */
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
    void anEndingAndColumnsMayBeInAnyCase() throws IOException {
        // given
        String event =
                """
                {"type":"track","context":{"traits":{"email":"kim@example.com"}},"event":"O","messageId":"1",\
                "properties":{"Order_Id":"A","Event":"x"}}""";

        // when
        List<String> events =
                json(write("ORDERS.CSV", "\uFEFF EMail\u00A0,EVENT,\"MessageID\",Order_Id\nkim@example.com,O,1,A\n"));
        List<String> twice =
                json(write("twice.Csv", "email,event,messageid,Order_Id,Event\nkim@example.com,O,1,A,x\n"));

        // then
        assertThat(events, contains(event.replace(",\"Event\":\"x\"", "")));
        assertThat("named exactly, and once more", twice, contains(event));
    }

    @Test
    void aRowOfAnotherLengthIsReportedAndTheNextOneIsRead() throws IOException {
        // given
        Path file = write("orders.csv", "event,order_id\nO,1\nO,2,3\nO,4\n");

        // when
        List<MessageBatch.Message> messages = messages(file);

        // then
        assertThat(messages, hasSize(3));
        assertThat(messages.get(1).mistake(), is("row: expected 2 values, found 3"));
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
        file.batchStored(List.of(new IntakeResult.Rejection(1, "no event")));

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
    void aLineThatIsTooLongIsCutAndTheNextOneIsRead() throws IOException {
        // given
        Path file = write("orders.ndjson", "x".repeat(EventLines.MAX_BYTES + 1) + "\n{}\n");

        // when
        List<MessageBatch.Message> messages = messages(file);

        // then
        assertThat(
                messages.get(0).mistake(), is("line: too long, expected at most 512000 bytes, found 512001; cut here"));
        assertThat(messages.get(0).json().length, is(EventLines.MAX_BYTES));
        assertThat(text(messages.get(1)), is("{}"));
    }

    @Test
    void aFileContinuesAfterItsStoredEvents() throws IOException {
        // given
        Path file = write(
                "orders.ndjson",
                IntStream.range(0, 1_700).mapToObj(i -> i + "\n").collect(Collectors.joining()));
        DroppedFile killed = new DroppedFile(file);
        killed.next();
        killed.batchStored(List.of(new IntakeResult.Rejection(7, "no event")));
        killed.next();
        killed.close();

        // when
        List<MessageBatch.Message> rest = messages(file);

        // then
        assertThat(text(rest.get(0)), is("500"));
        assertThat(rest, hasSize(1_200));
        assertThat(rest.get(0).position(), startsWith("orders.ndjson-"));
        assertThat(rest.get(0).position().replaceFirst(".*:", ""), is("501"));
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
        first.batchStored(List.of());

        // when
        Files.writeString(file, "one\n");
        // a file of the same size, which differs from the first by its time
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-06-06T12:34:56Z")));

        // then
        assertThat(json(file), contains("one"));
    }

    @Test
    void aFinishedFileIsNeverOverwritten() throws IOException {
        // given
        done("a,b\n1\n");
        done("a,b\n2\n");
        done("a,b\n3,3\n");
        // a file with the name that the bad lines of another file have
        Files.copy(dir.resolve(".done/orders.csv.bad.ndjson"), dir.resolve("orders.csv.bad.ndjson"));
        done(dir.resolve("orders.csv.bad.ndjson"));

        // when
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(dir.resolve(".done"))) {
            for (Path file : files.toList()) {
                found.put(file.getFileName().toString(), Files.readString(file));
            }
        }

        // then
        String reason = "{\"line\":2,\"reason\":\"row: expected 2 values, found 1\",\"value\":";
        assertThat(
                found,
                is(Map.of(
                        "orders.csv",
                        "a,b\n1\n",
                        "orders.csv.bad.ndjson",
                        reason + "\"[\\\"1\\\"]\"}\n",
                        "orders.csv.bad-2.ndjson",
                        reason + "\"[\\\"1\\\"]\"}\n",
                        "orders-2.csv",
                        "a,b\n2\n",
                        "orders-2.csv.bad.ndjson",
                        reason + "\"[\\\"2\\\"]\"}\n",
                        "orders-3.csv",
                        "a,b\n3,3\n")));
    }

    @Test
    void aFileThatWasKilledBeforeItWasMovedIsOnlyMoved() throws IOException {
        // given
        Path file = write("orders.csv", "a,b\n1\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        taken(file).close();

        // when
        Path progress = dir.resolve(".done/orders.csv.progress");
        String known = Files.readString(progress);
        DroppedFile again = new DroppedFile(file);
        boolean hasMore = again.hasNext();
        Path done = again.finish();
        // if the relay was killed before it moved the file, it reads the same file again
        Files.writeString(progress, known);
        List<MessageBatch.Message> putBack = messages(Files.copy(done, file, StandardCopyOption.COPY_ATTRIBUTES));

        // then
        assertThat(hasMore, is(false));
        assertThat(putBack, hasSize(1));
        assertThat(Files.readAllLines(dir.resolve(".done/orders.csv.bad.ndjson")), hasSize(1));
    }

    @Test
    void aFinishedFileThatAppearsMeanwhileIsNotOverwritten() throws IOException {
        // given
        Path file = write("orders.csv", "a,b\n1,1\n");
        DroppedFile dropped = taken(file);
        Files.writeString(dir.resolve(".done/orders.csv"), "another");

        // when
        assertThrows(FileAlreadyExistsException.class, dropped::finish);
        Path done = taken(file).finish();

        // then
        assertThat(Files.readString(dir.resolve(".done/orders.csv")), is("another"));
        assertThat(Files.readString(done), is("a,b\n1,1\n"));
    }

    @Test
    void anEmptyFileIsDone() throws IOException {
        for (String name : List.of("a.csv", "a.ndjson")) {
            try (DroppedFile file = new DroppedFile(write(name, ""))) {
                assertThat(file.hasNext(), is(false));
            }
        }
    }

    private Path done(String text) throws IOException {
        return done(write("orders.csv", text));
    }

    private static Path done(Path file) throws IOException {
        return taken(file).finish();
    }

    /** Reads a file to its end. Adds its events to {@code track} and its mistakes to {@code messages}. */
    private static DroppedFile taken(Path file) throws IOException {
        DroppedFile dropped = new DroppedFile(file);
        while (dropped.hasNext()) {
            List<MessageBatch.Message> messages = dropped.next().messages();
            dropped.batchStored(IntStream.range(0, messages.size())
                    .filter(i -> !messages.get(i).mistake().isEmpty())
                    .mapToObj(i -> new IntakeResult.Rejection(i, messages.get(i).mistake()))
                    .toList());
        }
        return dropped;
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
        return Files.writeString(dir.resolve(name), text);
    }

    private static List<String> json(Path file) throws IOException {
        return messages(file).stream().map(DroppedFileTest::text).toList();
    }

    private static String text(MessageBatch.Message message) {
        return new String(message.json(), UTF_8);
    }

    private static List<MessageBatch.Message> messages(Path file) throws IOException {
        List<MessageBatch.Message> messages = new ArrayList<>();
        try (DroppedFile dropped = new DroppedFile(file)) {
            dropped.forEachRemaining(batch -> messages.addAll(batch.messages()));
        }
        return messages;
    }
}
