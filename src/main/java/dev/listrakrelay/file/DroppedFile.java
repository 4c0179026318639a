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

    private static final int MAX_LINES = 500;
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private final Path path;
    private final Path progressFile;
    private final DoneFile doneFile;
    private final EventLines lines;
    private Progress progress;
    private Batch current;
    private Batch next;

    /** @param numbers for each message, the number of its first line */
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
        progressFile = folder.resolve(name + ".progress");
        String version =
                Files.size(path) + "-" + Files.getLastModifiedTime(path).toMillis();
        // if a finished file already has that path, this file was put back after it was finished
        progress = Progress.read(progressFile, version)
                .filter(saved -> !Files.exists(new DoneFile(folder, name, saved.number()).path()))
                .orElseGet(() ->
                        new Progress(version, DoneFile.unused(folder, name).number()));
        doneFile = new DoneFile(folder, name, progress.number());
        progress.write(progressFile);
        FileBytes file = new FileBytes(new BufferedInputStream(Files.newInputStream(path), 64 * 1024));
        lines = name.toLowerCase(Locale.ROOT).endsWith(".csv") ? new CsvLines(file) : new JsonLines(file);
        try {
            skipStoredLines();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Skips the stored lines, and removes bad lines that the progress does not count: they will be written again. */
    private void skipStoredLines() throws IOException {
        for (long line = 0; line < progress.lines(); line++) {
            lines.next();
        }
        if (progress.badBytes() > 0) {
            writeBadLines(List.of());
        } else {
            Files.deleteIfExists(doneFile.badLines());
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
        while (messages.size() < MAX_LINES && bytes < MAX_BYTES) {
            EventLines.Line line = lines.next();
            if (line == null) {
                break;
            }
            String position = path.getFileName() + "-" + progress.version() + ":" + (first + messages.size() + 1);
            messages.add(new MessageBatch.Message(position, line.json(), line.mistake()));
            numbers.add(lines.number());
            bytes += line.json().length;
        }
        return new Batch(new MessageBatch(messages, MessageBatch.Unreadable.REJECT), numbers);
    }

    /** Saves the progress: the spool has stored the last batch, apart from the rejected lines. */
    void batchStored(List<IntakeResult.Rejection> rejected) throws IOException {
        long bytes = rejected.isEmpty() ? 0 : writeBadLines(rejected);
        Progress now = progress.plus(current.size(), rejected.size(), bytes);
        now.write(progressFile);
        progress = now;
        current = null;
    }

    /** Writes bad lines after the ones that the progress counts, and removes everything after that. Returns the bytes written. */
    private long writeBadLines(List<IntakeResult.Rejection> rejected) throws IOException {
        try (FileChannel file =
                FileChannel.open(doneFile.badLines(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long from = Math.min(file.size(), progress.badBytes());
            file.truncate(from).position(from);
            OutputStream written = Channels.newOutputStream(file);
            for (IntakeResult.Rejection rejection : rejected) {
                written.write(badLine(rejection).getBytes(StandardCharsets.UTF_8));
            }
            return file.position() - from;
        }
    }

    private String badLine(IntakeResult.Rejection rejection) {
        MessageBatch.Message message = current.messages().messages().get(rejection.index());
        return JsonNodeFactory.instance
                        .objectNode()
                        .put("line", current.numbers().get(rejection.index()))
                        .put("reason", rejection.reason())
                        .put("value", new String(message.json(), StandardCharsets.UTF_8))
                + "\n";
    }

    /** Moves the finished file to {@code .done}, and deletes its progress. */
    Path finish() throws IOException {
        close();
        Files.move(path, doneFile.path());
        Files.deleteIfExists(progressFile);
        return doneFile.path();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
