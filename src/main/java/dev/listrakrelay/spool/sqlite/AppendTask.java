package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.lane.EventId;
import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.TallyCounts;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Stores new events, each in the lane of its contact or as held, and counts them. It skips duplicates. */
final class AppendTask {

    private final List<Event> incoming;
    private final List<EventId> ids;
    private final List<Lane> lanes;
    private final SpoolTables tables;
    private final HeldChange held;
    private final int[] stored;

    /** @param held holds some of the events, and releases others that were held before */
    AppendTask(List<Event> incoming, List<Lane> lanes, SpoolTables tables, HeldChange held) {
        this.held = held;
        this.incoming = incoming;
        this.ids = incoming.stream().map(EventId::of).toList();
        this.lanes = lanes;
        this.tables = tables;
        this.stored = new int[lanes.size()];
    }

    /** Call it inside a transaction. Returns the number of new events. */
    int write(long now) throws SQLException {
        for (int i = 0; i < ids.size(); i++) {
            if (tables.dedupe().add(ids.get(i), now)) {
                Event event = tables.identities().resolve(incoming.get(i), now);
                held.taught(event.identity(), now);
                if (!held.hold(event, now)) {
                    int lane = Lane.of(event.contact(), stored.length);
                    tables.events().add(event, lane);
                    stored[lane]++;
                }
            }
        }
        held.finish(now);
        int count = Arrays.stream(stored).sum() + held.begun();
        tables.tally().write(TallyCounts.accepted(count));
        return count;
    }

    /** Call it when the events are on disk. */
    void written(int count) {
        tables.tally().committed(TallyCounts.accepted(count));
        for (int lane = 0; lane < stored.length; lane++) {
            lanes.get(lane).arrived(stored[lane]);
        }
    }
}
