package dev.listrakrelay.file;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a CSV file in UTF-8 into rows (RFC 4180) and skips blank lines. If the quotes of a row don't pair, its end is
 * unknown. Then the first line of the row becomes an invalid row, and the next row begins in the next line.
 */
final class CsvRows implements Closeable {

    private static final String QUOTES = "row: unpaired quotes, expected \"\" for a quote inside quotes";
    private static final int MAX_REWIND_BYTES = EventLines.MAX_BYTES + 16;
    private static final int MAX_HEADER_BYTES = 8_000;
    private static final char NONE = 0;

    /** The limit for rereading rows whose quotes don't pair, so that no file takes too long. */
    private static final int REREADS_PER_BYTE = 4;

    private static final long FREE_REREAD_BYTES = 16L * 1024 * 1024;

    private final FileBytes file;
    private final List<byte[]> cells = new ArrayList<>();
    private final ByteArrayOutputStream cell = new ByteArrayOutputStream();
    private char separator = NONE;
    private long rereadBytes;

    /**
     * One row.
     *
     * @param number the number of its first line
     * @param cells its values, with U+FFFD for bytes that are not UTF-8; none if quotes don't pair
     * @param line its first line, unchanged, if quotes don't pair
     * @param mistake the mistake in the row; empty if it is valid
     */
    record Row(long number, List<String> cells, byte[] line, String mistake) {}

    private enum State {
        BEFORE_VALUE,
        IN_VALUE,
        IN_QUOTES,
        AFTER_QUOTE,
        AFTER_VALUE
    }

    CsvRows(FileBytes file) {
        this.file = file;
    }

    /** Returns the next row; null after the last row. */
    Row next() throws IOException {
        long number;
        do {
            number = file.startLine(MAX_REWIND_BYTES);
            if (separator == NONE) {
                separator = separator();
            }
            if (!readRow()) {
                return firstLine(number);
            }
            if (cells.isEmpty()) {
                return null;
            }
        } while (isBlank());
        boolean isUtf8 = cells.stream().allMatch(Utf8Check::isValid);
        List<String> values = cells.stream()
                .map(each -> new String(each, StandardCharsets.UTF_8))
                .toList();
        return new Row(number, values, new byte[0], isUtf8 ? "" : Utf8Check.MISTAKE);
    }

    /** Returns comma, semicolon or tab: the most frequent in the first line that is not blank. */
    private char separator() throws IOException {
        StringBuilder header = new StringBuilder();
        for (int next = file.read(); next >= 0 && !FileBytes.isLineEnd(next); next = file.read()) {
            header.append((char) next);
            if (header.length() == MAX_HEADER_BYTES) {
                break;
            }
        }
        file.rewind();
        if (header.toString().isBlank()) {
            return NONE;
        }
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(header, candidate) > count(header, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(CharSequence text, char character) {
        return text.chars().filter(c -> c == character).count();
    }

    /** Reads the cells of a row, none at the end of the file; false if its quotes don't pair or it is too long. */
    private boolean readRow() throws IOException {
        cells.clear();
        cell.reset();
        boolean maySpanLines = rereadBytes <= REREADS_PER_BYTE * (file.position() + FREE_REREAD_BYTES);
        State state = State.BEFORE_VALUE;
        for (int length = 0; length <= EventLines.MAX_BYTES; length++) {
            int next = file.read();
            boolean isEnd = next < 0 || FileBytes.isLineEnd(next);
            if (state == State.IN_QUOTES) {
                if (next < 0 || isEnd && !maySpanLines) {
                    return false;
                }
                if (next == '"') {
                    state = State.AFTER_QUOTE;
                } else {
                    cell.write(next);
                }
            } else if (next == '"' && state == State.BEFORE_VALUE) {
                state = State.IN_QUOTES;
            } else if (next == '"' && state == State.AFTER_QUOTE) {
                cell.write(next);
                state = State.IN_QUOTES;
            } else if (next == separator) {
                endCell();
                state = State.BEFORE_VALUE;
            } else if (isEnd) {
                if (next >= 0 || length > 0) {
                    endCell();
                }
                return true;
            } else if (state == State.AFTER_QUOTE || state == State.AFTER_VALUE) {
                if (next != ' ' && next != '\t') {
                    return false;
                }
                state = State.AFTER_VALUE;
            } else {
                cell.write(next);
                state = State.IN_VALUE;
            }
        }
        return false;
    }

    private void endCell() {
        cells.add(cell.toByteArray());
        cell.reset();
    }

    private boolean isBlank() {
        return cells.size() == 1 && new String(cells.get(0), StandardCharsets.UTF_8).isBlank();
    }

    private Row firstLine(long number) throws IOException {
        long end = file.position();
        file.rewind();
        rereadBytes += end - file.position();
        FileBytes.LineText line = file.rest();
        return new Row(number, List.of(), line.bytes(), line.mistake().isEmpty() ? QUOTES : line.mistake());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
