package dev.listrakrelay.file;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads the bytes of a file and counts its lines. A line ends with {@code \n}, {@code \r\n} or {@code \r}. */
final class FileBytes implements Closeable {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream file;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private long position;
    private long line = 1;
    private boolean isAfterReturn;
    private long markedPosition;
    private long markedLine;

    /**
     * The rest of a line.
     *
     * @param bytes its first {@link EventLines#MAX_BYTES}
     * @param length the number of its bytes
     */
    record LineText(byte[] bytes, long length) {

        /** Returns a mistake if the line is too long; otherwise an empty text. */
        String mistake() {
            return length > EventLines.MAX_BYTES
                    ? "line: too long, expected at most " + EventLines.MAX_BYTES + " bytes, found " + length
                            + "; cut here"
                    : "";
        }
    }

    /** @param file a buffered stream; a byte order mark at its start is skipped */
    FileBytes(InputStream file) throws IOException {
        this.file = file;
        file.mark(BYTE_ORDER_MARK.length);
        if (!ByteBuffer.wrap(file.readNBytes(BYTE_ORDER_MARK.length)).equals(ByteBuffer.wrap(BYTE_ORDER_MARK))) {
            file.reset();
        }
    }

    static boolean isLineEnd(int read) {
        return read == '\n' || read == '\r';
    }

    /** Returns the next byte; -1 after the last byte. */
    int read() throws IOException {
        int next = file.read();
        position++;
        if (next == '\r' || next == '\n' && !isAfterReturn) {
            line++;
        }
        isAfterReturn = next == '\r';
        return next;
    }

    /** Returns the number of bytes that were read. */
    long position() {
        return position;
    }

    /**
     * Starts a line, and marks its position.
     *
     * @param maxBytes how many of its bytes can be read before {@link #rewind}
     * @return its number, from 1
     */
    long startLine(int maxBytes) throws IOException {
        if (isAfterReturn) {
            file.mark(1);
            if (file.read() == '\n') {
                position++;
            } else {
                file.reset();
            }
            isAfterReturn = false;
        }
        file.mark(maxBytes);
        markedPosition = position;
        markedLine = line;
        return line;
    }

    /** Goes back to the start of the line. */
    void rewind() throws IOException {
        file.reset();
        position = markedPosition;
        line = markedLine;
        isAfterReturn = false;
    }

    /** Reads the rest of the line; null after the last line. */
    LineText rest() throws IOException {
        buffer.reset();
        long length = 0;
        int next;
        while ((next = read()) >= 0 && !isLineEnd(next)) {
            if (length++ < EventLines.MAX_BYTES) {
                buffer.write(next);
            }
        }
        return next < 0 && length == 0 ? null : new LineText(buffer.toByteArray(), length);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
