package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.SpoolRefused;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * Holds the state of a lane as it is committed. The committed offset is the lane's head: the lowest event that is not
 * settled. The metadata of the offset is a text with the rest.
 *
 * <p>For example, {@code v1 to=+5 pause=1764430800000/2 open=t5x7c0:.2.a.1,3 tally=delivered:12,dropped/no_rule:4} says
 * that the lane has taken 5 events from the head on. Of these, {@code open} lists the ones that are not settled (see
 * {@link OpenRuns}).
 *
 * @param to the offset of the first event that the lane has not taken
 * @param open the events before {@code to} that are not settled, by offset
 * @param pausedUntil epoch milliseconds; 0 if the lane was never paused
 * @param pauses the number of pauses in a row without a delivery in between
 * @param tally the number of events by outcome, see {@link LaneTally}
 */
record LaneSnapshot(long to, TreeMap<Long, OpenEvent> open, long pausedUntil, int pauses, Map<Outcome, Long> tally) {

    /** The brokers' default of {@code offset.metadata.max.bytes}. */
    static final int MOST_CHARACTERS = 4_096;

    /** The most characters of everything but the open events and the tally. */
    private static final int REST = 110;

    /** The most characters of the open events, however long the tally is. */
    static final int MOST_FOR_OPEN = MOST_CHARACTERS - LaneTally.MOST_CHARACTERS - REST;

    /** The characters that must be left so that more open events can be written with their details. */
    private static final int ROOM_FOR_MORE = 300;

    private static final String VERSION = "v1";

    /**
     * An event that is not settled.
     *
     * @param due when it is due again, in epoch milliseconds
     * @param attempts how often it was retried, without pauses of its whole lane
     */
    record OpenEvent(long due, int attempts) {}

    /** The state of a lane whose events before an offset are all settled. */
    static LaneSnapshot from(long offset) {
        return new LaneSnapshot(offset, new TreeMap<>(), 0, 0, Map.of());
    }

    /** The offset of the lowest event that is not settled. */
    long head() {
        return open.isEmpty() ? to : Math.min(open.firstKey(), to);
    }

    /**
     * A snapshot as it is committed, and the space that it leaves.
     *
     * @param offset the head, with the rest of the snapshot as metadata
     * @param roomForOpen how many characters more open events may need in the next commit
     * @param hasRoomForDetails whether there is space to write more open events with their details
     */
    record Written(OffsetAndMetadata offset, int roomForOpen, boolean hasRoomForDetails) {}

    /**
     * Makes the offset and metadata to commit. If not everything fits, it leaves out when the open events are due and
     * how often they were tried. After a crash, such events are tried at once.
     *
     * @param now epoch milliseconds
     */
    Written written(long now) {
        String runs = OpenRuns.written(open, now);
        String bare = runs.length() < MOST_FOR_OPEN / 2 ? runs : OpenRuns.writtenWithoutDetails(open, now);
        String full = text(runs);
        return new Written(
                new OffsetAndMetadata(head(), full.length() <= MOST_CHARACTERS ? full : text(bare)),
                MOST_FOR_OPEN - bare.length(),
                open.isEmpty() || runs.length() < MOST_FOR_OPEN - ROOM_FOR_MORE);
    }

    private String text(String runs) {
        StringBuilder text = new StringBuilder(VERSION).append(" to=+").append(to - head());
        if (pausedUntil != 0 || pauses != 0) {
            text.append(" pause=").append(pausedUntil).append('/').append(pauses);
        }
        if (!open.isEmpty()) {
            text.append(" open=").append(runs);
        }
        if (!tally.isEmpty()) {
            text.append(" tally=").append(LaneTally.written(tally));
        }
        return text.toString();
    }

    /**
     * Reads a committed offset and its metadata. If there is no metadata, one of Kafka's tools has set the offset. Then
     * all events from there on are pending.
     *
     * @throws SpoolRefused if another program wrote the metadata
     */
    static LaneSnapshot read(OffsetAndMetadata committed) {
        long head = committed.offset();
        String text = Optional.ofNullable(committed.metadata()).orElse("");
        if (text.isEmpty()) {
            return from(head);
        }
        try {
            return read(head, text);
        } catch (RuntimeException e) {
            throw new SpoolRefused(
                    "spool.kafka.group: metadata of a committed offset, expected " + VERSION + " of the relay, found "
                            + text.substring(0, Math.min(text.length(), 20)),
                    e);
        }
    }

    private static LaneSnapshot read(long head, String text) {
        String[] words = text.split(" ");
        if (!words[0].equals(VERSION)) {
            throw new IllegalArgumentException("version");
        }
        Map<String, String> parts = Stream.of(words)
                .skip(1)
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(word -> word[0], word -> word[1]));
        String[] pause = parts.getOrDefault("pause", "0/0").split("/");
        String runs = parts.get("open");
        return new LaneSnapshot(
                head + Long.parseLong(parts.get("to").substring(1)),
                runs == null ? new TreeMap<>() : OpenRuns.read(runs, head),
                Long.parseLong(pause[0]),
                Integer.parseInt(pause[1]),
                LaneTally.read(parts.getOrDefault("tally", "")));
    }
}
