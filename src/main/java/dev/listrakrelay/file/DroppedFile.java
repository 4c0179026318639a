package dev.listrakrelay.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.listrakrelay.ingest.IntakeResult;
import dev.listrakrelay.ingest.MessageBatch;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;

/** Reads a file in batches of up to 500 lines, starting after the lines that are stored already. */
final class DroppedFile implements Iterator<MessageBatch>, Closeable {

    static final String PROPERTY = "droppedFile";

    private static final int MOST_LINES = 500;
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final Path path;
    private final Path kept;
    private final DoneFile done;
    private final EventLines lines;
    private Progress progress;
    private Batch current;
    private Batch next;

    /** @param numbers those of the lines that its messages begin in */
    private record Batch(MessageBatch messages, List<Long> numbers) {

        int size() {
            return messages.messages().size();
        }
    }

    /** @param path a CSV file if its name ends in {@code .csv} in any case, otherwise an NDJSON file */
    DroppedFile(Path path) throws IOException {
        this.path = path;
        Path folder = Files.createDirectories(path.resolveSibling(".done"));
        String name = path.getFileName().toString();
        kept = folder.resolve(name + ".progress");
        String version =
                Files.size(path) + "-" + Files.getLastModifiedTime(path).toMillis();
        // where another lies in its place, the file was put back after it was done
        progress = Progress.read(kept, version)
                .filter(known -> !Files.exists(new DoneFile(folder, name, known.number()).path()))
                .orElseGet(
                        () -> new Progress(version, DoneFile.free(folder, name).number()));
        done = new DoneFile(folder, name, progress.number());
        progress.write(kept);
        FileBytes file = new FileBytes(new BufferedInputStream(Files.newInputStream(path), 64 * 1024));
        lines = name.toLowerCase(Locale.ROOT).endsWith(".csv") ? new CsvLines(file) : new JsonLines(file);
        try {
            goOn();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Behind what was taken; what was written of bad lines behind that is written again. */
    private void goOn() throws IOException {
        for (long line = 0; line < progress.lines(); line++) {
            lines.next();
        }
        if (progress.badBytes() > 0) {
            writeBad(List.of());
        } else {
            Files.deleteIfExists(done.bad());
        }
        next = read();
    }

    Path path() {
        return path;
    }

    Progress progress() {
        return progress;
    }

    @Override
    public boolean hasNext() {
        return next.size() > 0;
    }

    @Override
    public MessageBatch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        current = next;
        try {
            next = read();
        } catch (IOException e) {
            throw new UnreadableFile(path, e);
        }
        return current.messages();
    }

    private Batch read() throws IOException {
        long first = progress.lines() + (current == null ? 0 : current.size());
        List<MessageBatch.Message> messages = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        long bytes = 0;
        while (messages.size() < MOST_LINES && bytes < MOST_BYTES) {
            EventLines.Line line = lines.next();
            if (line == null) {
                break;
            }
            String place = path.getFileName() + "-" + progress.version() + ":" + (first + messages.size() + 1);
            messages.add(new MessageBatch.Message(place, line.json(), line.mistake()));
            numbers.add(lines.number());
            bytes += line.json().length;
        }
        return new Batch(new MessageBatch(messages, MessageBatch.Unreadable.TOLD), numbers);
    }

    /** Notes that the batch that came last is in the spool, but for those of it that could not be taken. */
    void taken(List<IntakeResult.Rejection> rejected) throws IOException {
        long bytes = rejected.isEmpty() ? 0 : writeBad(rejected);
        Progress now = progress.plus(current.size(), rejected.size(), bytes);
        now.write(kept);
        progress = now;
        current = null;
    }

    /** Writes bad lines after the ones that the progress counts, and removes everything after that. Returns the bytes written. */
    private long writeBad(List<IntakeResult.Rejection> rejected) throws IOException {
        try (FileChannel file = FileChannel.open(done.bad(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long from = Math.min(file.size(), progress.badBytes());
            file.truncate(from).position(from);
            OutputStream written = Channels.newOutputStream(file);
            for (IntakeResult.Rejection rejection : rejected) {
                written.write(told(rejection).getBytes(StandardCharsets.UTF_8));
            }
            return file.position() - from;
        }
    }

    private String told(IntakeResult.Rejection rejection) {
        MessageBatch.Message message = current.messages().messages().get(rejection.index());
        return JsonNodeFactory.instance
                        .objectNode()
                        .put("line", current.numbers().get(rejection.index()))
                        .put("reason", rejection.reason())
                        .put("value", new String(message.json(), StandardCharsets.UTF_8))
                + "\n";
    }

    /** Moves it to where it lies when it is done, and forgets how far it was. */
    Path done() throws IOException {
        close();
        Files.move(path, done.path());
        Files.deleteIfExists(kept);
        return done.path();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
