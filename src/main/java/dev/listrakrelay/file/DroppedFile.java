package dev.listrakrelay.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.listrakrelay.ingest.Intake;
import dev.listrakrelay.ingest.Messages;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/** Goes through a file, a few hundred events at a time, from where it was left the last time. */
final class DroppedFile implements Iterator<Messages>, Closeable {

    static final String PROPERTY = "droppedFile";

    private static final int MOST_LINES = 500;
    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Path path;
    private final Path kept;
    private final Path bad;
    private final Lines lines;
    private Progress progress;
    private Messages current;
    private Messages next;

    /** @param path a file of NDJSON, or of CSV where it is named so */
    DroppedFile(Path path) throws IOException {
        this.path = path;
        Path done = Files.createDirectories(path.resolveSibling(".done"));
        kept = done.resolve(path.getFileName() + ".progress");
        bad = done.resolve(path.getFileName() + ".bad.ndjson");
        String version =
                Files.size(path) + "-" + Files.getLastModifiedTime(path).toMillis();
        progress = Progress.read(kept, version);
        InputStream file = new BufferedInputStream(Files.newInputStream(path), 64 * 1024);
        skipByteOrderMark(file);
        lines = path.toString().endsWith(".csv") ? new CsvLines(file) : new JsonLines(file);
        for (long line = 0; line < progress.lines(); line++) {
            lines.next();
        }
        if (progress.badBytes() > 0) {
            truncateBad();
        } else {
            Files.deleteIfExists(bad);
        }
        next = read();
    }

    /** What was written behind the last progress is written again. */
    private void truncateBad() throws IOException {
        try (FileChannel written = FileChannel.open(bad, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE))) {
            written.truncate(progress.badBytes());
        }
    }

    private static void skipByteOrderMark(InputStream file) throws IOException {
        file.mark(BYTE_ORDER_MARK.length);
        if (!ByteBuffer.wrap(file.readNBytes(BYTE_ORDER_MARK.length)).equals(ByteBuffer.wrap(BYTE_ORDER_MARK))) {
            file.reset();
        }
    }

    Path path() {
        return path;
    }

    Progress progress() {
        return progress;
    }

    @Override
    public boolean hasNext() {
        return !next.messages().isEmpty();
    }

    @Override
    public Messages next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        current = next;
        try {
            next = read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return current;
    }

    private Messages read() throws IOException {
        long first =
                progress.lines() + (current == null ? 0 : current.messages().size());
        List<Messages.Message> messages = new ArrayList<>();
        long bytes = 0;
        while (messages.size() < MOST_LINES && bytes < MOST_BYTES) {
            Lines.Line line = lines.next();
            if (line == null) {
                break;
            }
            String place = path.getFileName() + "-" + progress.version() + ":" + (first + messages.size() + 1);
            messages.add(new Messages.Message(place, line.json(), line.mistake()));
            bytes += line.json().length;
        }
        return new Messages(messages, Messages.Unreadable.TOLD);
    }

    /** Notes that the batch that came last is in the spool, but for those of it that could not be taken. */
    void taken(List<Intake.Rejection> rejected) throws IOException {
        StringBuilder told = new StringBuilder();
        for (Intake.Rejection rejection : rejected) {
            Messages.Message message = current.messages().get(rejection.index());
            told.append(JsonNodeFactory.instance
                            .objectNode()
                            .put("line", lines.before() + progress.lines() + rejection.index() + 1)
                            .put("reason", rejection.reason())
                            .put("value", new String(message.json(), StandardCharsets.UTF_8)))
                    .append('\n');
        }
        byte[] bytes = told.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            Files.write(bad, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        progress = progress.plus(current.messages().size(), rejected.size(), bytes.length);
        progress.write(kept);
        current = null;
    }

    /** Closes it, and forgets how far it was: it is done. */
    void done() throws IOException {
        close();
        Files.deleteIfExists(kept);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
