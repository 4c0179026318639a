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
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long position;
    private long line = 1;
    private boolean isAfterReturn;
    private long begunAt;
    private long begunInLine;

    /**
     * The rest of a line.
     *
     * @param bytes its first {@link EventLines#MOST_BYTES}
     * @param length how many bytes it has
     */
    record Text(byte[] bytes, long length) {

        /** Returns a mistake if the line is too long; otherwise an empty text. */
        String mistake() {
            return length > EventLines.MOST_BYTES
                    ? "line: " + length + " bytes, expected at most " + EventLines.MOST_BYTES + "; cut here"
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
     * Begins a line.
     *
     * @param most how many of its bytes may be read before {@link #beginAgain}
     * @return its number, from 1
     */
    long begin(int most) throws IOException {
        if (isAfterReturn) {
            file.mark(1);
            if (file.read() == '\n') {
                position++;
            } else {
                file.reset();
            }
            isAfterReturn = false;
        }
        file.mark(most);
        begunAt = position;
        begunInLine = line;
        return line;
    }

    /** Goes back to where {@link #begin} was called last. */
    void beginAgain() throws IOException {
        file.reset();
        position = begunAt;
        line = begunInLine;
        isAfterReturn = false;
    }

    /** The rest of the line; null behind the last one. */
    Text rest() throws IOException {
        kept.reset();
        long length = 0;
        int next;
        while ((next = read()) >= 0 && !isLineEnd(next)) {
            if (length++ < EventLines.MOST_BYTES) {
                kept.write(next);
            }
        }
        return next < 0 && length == 0 ? null : new Text(kept.toByteArray(), length);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
