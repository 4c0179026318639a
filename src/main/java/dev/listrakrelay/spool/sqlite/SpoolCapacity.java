package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SpoolFull;
import dev.listrakrelay.spool.SpoolRoom;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Decides whether the spool has space for more events: its size is below the limit, and the free disk space is above
 * the minimum. Free pages of the file count as free disk space. Nothing is deleted to make space. The spool accepts
 * events again when others have left, or when the disk has space.
 */
final class SpoolCapacity {

    private static final Logger LOG = Logger.getLogger(SpoolCapacity.class);
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(200);

    /** The free bytes that the log needs on the disk itself, because it can't use the file's free pages. */
    private static final long LEAST_FOR_LOG = 16L * 1024 * 1024;

    private final long maxBytes;
    private final long minFree;
    private final ByteCount used;
    private final ByteCount reusable;
    private final ByteCount disk;
    private long lookedAt;
    private String shortage;
    private SpoolRoom measured;
    private boolean isBelowFloor;

    /** Counts bytes. */
    interface ByteCount {
        long count() throws SQLException, IOException;
    }

    /**
     * @param maxBytes upper limit of {@code used}, in bytes
     * @param minFree lower limit of free disk, in bytes; 0 for none
     * @param used bytes of the file's pages that are in use
     * @param reusable bytes of the file's free pages
     * @param disk free bytes of the disk
     */
    SpoolCapacity(long maxBytes, long minFree, ByteCount used, ByteCount reusable, ByteCount disk) {
        this.maxBytes = maxBytes;
        this.minFree = minFree;
        this.used = used;
        this.reusable = reusable;
        this.disk = disk;
        this.lookedAt = System.nanoTime() - LOOK_EVERY;
    }

    /** Says which limit is reached; empty if there is space. It measures at most five times a second. */
    synchronized Optional<SpoolFull> shortage() {
        lookAgain();
        return Optional.ofNullable(shortage).map(SpoolFull::new);
    }

    /** Whether a limit is reached. */
    boolean isShort() {
        return shortage().isPresent();
    }

    /** How full the spool is; empty if that can't be measured. */
    synchronized Optional<SpoolRoom> measured() {
        lookAgain();
        return Optional.ofNullable(measured);
    }

    /** Whether the free space of the disk is below the minimum, even if the file has free pages. */
    synchronized boolean isBelowFloor() {
        lookAgain();
        return isBelowFloor;
    }

    private void lookAgain() {
        if (System.nanoTime() - lookedAt < LOOK_EVERY) {
            return;
        }
        String before = shortage;
        shortage = look();
        lookedAt = System.nanoTime();
        if (before == null && shortage != null) {
            LOG.warnf("%s; the spool accepts no events until there is space", shortage);
        } else if (before != null && shortage == null) {
            LOG.infof("spool: there is space again, events are accepted");
        }
    }

    private String look() {
        try {
            long free = disk.count();
            isBelowFloor = free < minFree;
            long bytes = used.count();
            long inFile = reusable.count();
            long left = Math.min(maxBytes - bytes, free + inFile - minFree);
            measured = new SpoolRoom(bytes, maxBytes, Math.max(0, left));
            if (bytes >= maxBytes) {
                return "spool.max-bytes: expected less than " + maxBytes + " bytes in use, found " + bytes;
            }
            boolean isShort = isBelowFloor && (free < LEAST_FOR_LOG || free + inFile < minFree);
            return isShort
                    ? "spool.min-free: expected " + minFree + " bytes free, found " + free + " on the disk and "
                            + inFile + " in the spool's file"
                    : null;
        } catch (SQLException | IOException e) {
            measured = null;
            return "spool.dir: can't measure the free space, " + e.getMessage();
        }
    }
}
