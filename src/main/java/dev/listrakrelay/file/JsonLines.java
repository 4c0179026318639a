package dev.listrakrelay.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads NDJSON: a line is an event, an array of events or a batch; empty lines are none. */
final class JsonLines implements Lines {

    private final InputStream file;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** @param file buffered, without a byte order mark */
    JsonLines(InputStream file) {
        this.file = file;
    }

    @Override
    public Line next() throws IOException {
        line.reset();
        long length = 0;
        int next;
        while ((next = file.read()) != '\n' && next >= 0) {
            if (length++ < MOST_BYTES) {
                line.write(next);
            }
        }
        if (next < 0 && length == 0) {
            return null;
        }
        String mistake =
                length > MOST_BYTES ? "line: " + length + " bytes, expected at most " + MOST_BYTES + "; cut here" : "";
        return new Line(line.toByteArray(), mistake);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
