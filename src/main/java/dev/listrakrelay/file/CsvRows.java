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

    private static final String QUOTES = "row: quotes that don't pair, expected \"\" for a quote within quotes";
    private static final int MOST_AGAIN = EventLines.MOST_BYTES + 16;
    private static final int MOST_OF_HEAD = 8_000;
    private static final char NONE = 0;

    /** What may be read again for rows of several lines whose quotes don't pair: no file takes for ever. */
    private static final int AGAIN_PER_BYTE = 4;

    private static final long FREE_AGAIN = 16L * 1024 * 1024;

    private final FileBytes file;
    private final List<byte[]> cells = new ArrayList<>();
    private final ByteArrayOutputStream cell = new ByteArrayOutputStream();
    private char separator = NONE;
    private long readAgain;

    /**
     * One row.
     *
     * @param number of the line that it begins in
     * @param cells its values, with a replacement for what is not UTF-8; none where quotes don't pair
     * @param line its first line as it stands there, where quotes don't pair
     * @param mistake what is wrong with it; empty where nothing is
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
            number = file.begin(MOST_AGAIN);
            if (separator == NONE) {
                separator = separator();
            }
            if (!isRead()) {
                return firstLine(number);
            }
            if (cells.isEmpty()) {
                return null;
            }
        } while (isBlank());
        boolean isText = cells.stream().allMatch(Utf8Check::isIn);
        List<String> values = cells.stream()
                .map(each -> new String(each, StandardCharsets.UTF_8))
                .toList();
        return new Row(number, values, new byte[0], isText ? "" : Utf8Check.MISTAKE);
    }

    /** Of comma, semicolon and tab the one that comes most often in the first line that is not blank. */
    private char separator() throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = file.read(); next >= 0 && !FileBytes.isLineEnd(next); next = file.read()) {
            head.append((char) next);
            if (head.length() == MOST_OF_HEAD) {
                break;
            }
        }
        file.beginAgain();
        if (head.toString().isBlank()) {
            return NONE;
        }
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(head, candidate) > count(head, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(CharSequence text, char character) {
        return text.chars().filter(c -> c == character).count();
    }

    /** Reads the cells of a row, none at the end of the file; false where its quotes don't pair, or it is too long. */
    private boolean isRead() throws IOException {
        cells.clear();
        cell.reset();
        boolean maySpanLines = readAgain <= AGAIN_PER_BYTE * (file.position() + FREE_AGAIN);
        State state = State.BEFORE_VALUE;
        for (int length = 0; length <= EventLines.MOST_BYTES; length++) {
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
        long behind = file.position();
        file.beginAgain();
        readAgain += behind - file.position();
        FileBytes.Text line = file.rest();
        return new Row(number, List.of(), line.bytes(), line.mistake().isEmpty() ? QUOTES : line.mistake());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
