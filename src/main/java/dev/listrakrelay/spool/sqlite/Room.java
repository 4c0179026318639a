package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SpoolFull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Says whether there is room for more events: under the cap in bytes, and above the floor of free disk. Nothing is ever
 * evicted to make room; the answer changes by itself when events leave or the disk is freed.
 */
final class Room {

    private static final Logger LOG = Logger.getLogger(Room.class);
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(200);

    private final Path dir;
    private final long maxBytes;
    private final long minFree;
    private final Bytes used;
    private long lookedAt;
    private String shortage;

    /** How many bytes a spool holds. */
    interface Bytes {
        long count() throws SQLException, IOException;
    }

    /**
     * @param maxBytes the most that {@code used} may count, in bytes
     * @param minFree what has to stay free on the disk of {@code dir}, in bytes
     */
    Room(Path dir, long maxBytes, long minFree, Bytes used) {
        this.dir = dir;
        this.maxBytes = maxBytes;
        this.minFree = minFree;
        this.used = used;
        this.lookedAt = System.nanoTime() - LOOK_EVERY;
    }

    /** What is short, after {@link #isShort} said that something is. */
    synchronized SpoolFull shortage() {
        return new SpoolFull(String.valueOf(shortage));
    }

    /** Whether there is none; looked at anew at most five times a second. */
    synchronized boolean isShort() {
        if (System.nanoTime() - lookedAt >= LOOK_EVERY) {
            String before = shortage;
            shortage = look();
            lookedAt = System.nanoTime();
            if (before == null && shortage != null) {
                LOG.warnf("%s; nothing new is taken until there is room", shortage);
            } else if (before != null && shortage == null) {
                LOG.infof("spool: there is room again");
            }
        }
        return shortage != null;
    }

    private String look() {
        try {
            long bytes = used.count();
            if (bytes >= maxBytes) {
                return "spool.max-bytes: expected less than " + maxBytes + ", found " + bytes;
            }
            long free = Files.getFileStore(dir).getUsableSpace();
            return free < minFree ? "spool.min-free: expected " + minFree + " bytes free, found " + free : null;
        } catch (SQLException | IOException e) {
            return "spool.dir: its room can't be told, " + e.getMessage();
        }
    }
}
