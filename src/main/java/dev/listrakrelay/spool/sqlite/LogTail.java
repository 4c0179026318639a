package dev.listrakrelay.spool.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells how much of a spool's log (SQLite's WAL) a crash left behind whole. SQLite keeps all transactions up to the first
 * page that isn't whole, and leaves out what follows in silence (sqlite.org/fileformat2.html, section 4).
 */
final class LogTail {

    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int MAGIC = 0x377f0682;

    /** Beyond that nothing is looked at; the log is cut to 64 MB whenever it can be. */
    private static final int MOST_BYTES = 1 << 30;

    private final ByteBuffer log;
    private final int pageSize;
    private final long salts;
    private int sum0;
    private int sum1;
    private int kept;
    private int leftOut;
    private boolean isAnEndLeftOut;

    private LogTail(ByteBuffer log) {
        this.log = log;
        this.pageSize = log.getInt(8);
        this.salts = log.getLong(16);
    }

    /** What is left out of the log of this database; empty if nothing is, or there is none. */
    static Optional<String> report(Path file) throws IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        if (!Files.exists(log) || Files.size(log) <= HEADER) {
            return Optional.empty();
        }
        LogTail tail = new LogTail(map(log));
        if (!tail.isHeaderWhole()) {
            return Optional.of(
                    log + ": its beginning is not whole, so none of its pages can be read; " + tail.meaning());
        }
        tail.read();
        return tail.leftOut == 0
                ? Optional.empty()
                : Optional.of(log + ": " + tail.kept + " pages are kept, " + tail.leftOut
                        + " after them can't be read and are left out; " + tail.meaning());
    }

    private static ByteBuffer map(Path log) throws IOException {
        try (FileChannel channel = FileChannel.open(log)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, Math.min(channel.size(), MOST_BYTES));
        }
    }

    private String meaning() {
        return leftOut > 0 && !isAnEndLeftOut
                ? "they were being written when the process ended, and not acknowledged"
                : "either the power failed while they were written, and they were not acknowledged,"
                        + " or the disk has lost what it had confirmed, and those events are missing";
    }

    private boolean isHeaderWhole() {
        sum(0, FRAME_HEADER);
        return (log.getInt(0) & ~1) == MAGIC && pageSize > 0 && log.getInt(24) == sum0 && log.getInt(28) == sum1;
    }

    private void read() {
        boolean isWhole = true;
        int frames = 0;
        for (int at = HEADER; at + FRAME_HEADER <= log.limit(); at += FRAME_HEADER + pageSize) {
            boolean isOfNow = log.getLong(at + 8) == salts;
            isWhole = isWhole && isOfNow && isFrameWhole(at);
            boolean isEnd = log.getInt(at + 4) != 0;
            frames += isOfNow ? 1 : 0;
            if (isWhole && isEnd) {
                kept = frames;
            }
            isAnEndLeftOut |= isOfNow && isEnd && !isWhole;
        }
        leftOut = frames - kept;
    }

    private boolean isFrameWhole(int at) {
        if (at + FRAME_HEADER + pageSize > log.limit()) {
            return false;
        }
        sum(at, 8);
        sum(at + FRAME_HEADER, pageSize);
        return log.getInt(at + 16) == sum0 && log.getInt(at + 20) == sum1;
    }

    /** Goes on with the checksum, which is one over the whole log, in the byte order that its first bytes name. */
    private void sum(int from, int length) {
        ByteBuffer words =
                log.duplicate().order((log.getInt(0) & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int at = from; at < from + length; at += 8) {
            sum0 += words.getInt(at) + sum1;
            sum1 += words.getInt(at + 4) + sum0;
        }
    }
}
