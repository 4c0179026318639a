package dev.listrakrelay.file;

import java.io.IOException;

/** Reads the lines of an NDJSON file. A line is an event, an array of events, or a batch; blank lines hold no event. */
final class JsonLines implements EventLines {

    /** The JSON of a blank line: no events. */
    private static final byte[] NONE = {'[', ']'};

    private final FileBytes file;
    private long number;

    JsonLines(FileBytes file) {
        this.file = file;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public Line next() throws IOException {
        number = file.startLine(0);
        FileBytes.LineText line = file.rest();
        if (line == null) {
            return null;
        }
        if (line.mistake().isEmpty() && !Utf8Check.isValid(line.bytes())) {
            return new Line(line.bytes(), Utf8Check.MISTAKE);
        }
        return new Line(isBlank(line.bytes()) ? NONE : line.bytes(), line.mistake());
    }

    private static boolean isBlank(byte[] json) {
        for (byte each : json) {
            if (each != ' ' && each != '\t') {
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
