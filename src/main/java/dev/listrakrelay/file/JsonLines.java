package dev.listrakrelay.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads NDJSON: a line is an event, an array of events or a batch; empty lines are none. */
final class JsonLines implements Lines {

    /** What an empty line holds: no events. */
    private static final byte[] NONE = {'[', ']'};

    private final InputStream file;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** @param file buffered, without a byte order mark */
    JsonLines(InputStream file) {
        this.file = file;
    }

    @Override
    public int before() {
        return 0;
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
        byte[] json = line.toByteArray();
        return new Line(isBlank(json) ? NONE : json, mistake);
    }

    private static boolean isBlank(byte[] json) {
        for (byte each : json) {
            if (each != ' ' && each != '\t' && each != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
