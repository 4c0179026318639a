package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Notes which events each lane is sending, in a small file, {@code <name>.in-flight}. A note is one write to the page
 * cache, without an fsync. So it survives the end of the process, but not a power cut. The next start can tell the two
 * apart: the file also has the boot id of the machine.
 *
 * <p>The file has a page of 4,096 bytes for its head, and one for each lane. All its blocks exist from the start, so a
 * full disk does not prevent a note.
 */
final class InFlightFile implements AutoCloseable {

    static final String ENDING = ".in-flight";

    private static final Logger LOG = Logger.getLogger(InFlightFile.class);
    private static final int PAGE = 4_096;
    private static final long FORMAT = 0x4c52_2d66_6c67_6801L;
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int CLEAN = 8;
    private static final int BATCH = 12;

    private final RandomAccessFile file;
    private final Path path;
    private int batch = 1;
    private boolean isClosed;

    /**
     * What an earlier process left in the file.
     *
     * @param isExact whether the notes are those that were written last. They are not after a power cut
     * @param batch the most events of a lane that could be in flight
     */
    record Notes(boolean isExact, int batch, List<InFlightNote> notes) {

        /** There was no earlier process, or it noted nothing. */
        private static final Notes NONE = new Notes(true, 0, List.of());
    }

    /** Opens the file, and begins it anew: no lane is sending. Call {@link #read} before. */
    InFlightFile(Path path, int lanes) throws IOException {
        this.path = path;
        if (!Files.exists(path)) {
            Files.createFile(path, SpoolFolder.OWNER_ONLY);
        }
        file = new RandomAccessFile(path.toFile(), "rw");
        file.setLength((1L + lanes) * PAGE);
        file.write(new byte[(1 + lanes) * PAGE]);
        writeHead(false);
    }

    private void writeHead(boolean isClean) throws IOException {
        byte[] bootId = bootId().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer head = ByteBuffer.allocate(PAGE);
        head.putLong(FORMAT).putInt(isClean ? 1 : 0).putInt(batch).putInt(bootId.length);
        writeAt(0, head.put(bootId));
        file.getFD().sync();
    }

    /** Identifies the time since the machine was started; empty if the system doesn't tell it. */
    private static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Notes the largest batch that a lane may take, because a power cut leaves nothing else to go by. */
    synchronized void batch(int max) {
        if (max > batch) {
            batch = max;
            try {
                writeHead(false);
            } catch (IOException e) {
                throw unwritable(e);
            }
        }
    }

    void sending(int lane, List<Long> seqs, Instant now) {
        try {
            write(lane, InFlightNote.of(seqs, now));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    void ended(int lane) {
        try {
            write(lane, InFlightNote.NOTHING);
        } catch (IOException e) {
            // the outcome is on disk, so the old note does no harm; the next note fails aloud
            LOG.debugf("%s: can't remove the note of lane %d, %s", path, lane, e.getMessage());
        }
    }

    private void write(int lane, InFlightNote note) throws IOException {
        writeAt((1L + lane) * PAGE, note.bytes());
    }

    private synchronized void writeAt(long at, ByteBuffer bytes) throws IOException {
        // unlike a channel, this file does not close if the thread is interrupted
        file.seek(at);
        file.write(bytes.array(), 0, bytes.position());
    }

    private SpoolUnavailable unwritable(IOException e) {
        return new SpoolUnavailable("spool.dir: can't write " + path + ", " + e.getMessage(), e);
    }

    /** Notes that the process ended in good order: the notes are those that were written last, whatever happens now. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try (file) {
            writeHead(true);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** The notes that an earlier process left in the file; empty if there is no file, or one of another format. */
    static Notes read(Path path) throws IOException {
        if (!Files.exists(path)) {
            return Notes.NONE;
        }
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(path));
        if (content.limit() < PAGE || content.getLong(0) != FORMAT) {
            return Notes.NONE;
        }
        byte[] bootId = new byte[Math.min(content.getInt(BATCH + 4), PAGE - BATCH - 8)];
        content.get(BATCH + 8, bootId);
        String earlier = new String(bootId, StandardCharsets.US_ASCII);
        boolean isExact = content.getInt(CLEAN) == 1 || !earlier.isEmpty() && earlier.equals(bootId());
        return new Notes(isExact, content.getInt(BATCH), InFlightNote.all(content, PAGE));
    }
}
