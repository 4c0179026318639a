package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.lane.EventId;
import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.TallyCounts;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/**
 * Stores new events, each in the lane of its contact or as held, and counts them. It skips duplicates. The result is the
 * number of new events.
 */
final class AppendTask {

    private final List<Event> incoming;
    private final List<EventId> ids;
    private final List<Lane> lanes;
    private final SpoolTables tables;
    private final HeldEvents held;
    private final HeldChange holding;
    private final ReplayTask replay;
    private final Clock clock;
    private final int[] stored;

    AppendTask(
            List<Event> incoming,
            List<Lane> lanes,
            SpoolTables tables,
            HeldEvents held,
            ReplayTask replay,
            Clock clock) {
        this.incoming = incoming;
        this.ids = incoming.stream().map(EventId::of).toList();
        this.lanes = lanes;
        this.tables = tables;
        this.held = held;
        this.holding = held.change(incoming);
        this.replay = replay;
        this.clock = clock;
        this.stored = new int[lanes.size()];
    }

    Integer write() throws SQLException {
        long now = clock.millis();
        for (int i = 0; i < ids.size(); i++) {
            if (tables.dedupe().add(ids.get(i), now)) {
                Event event = tables.identities().resolve(incoming.get(i), now);
                holding.taught(event.identity(), now);
                if (!holding.hold(event, now)) {
                    int lane = Lane.of(event.contact(), stored.length);
                    tables.events().add(event, lane);
                    stored[lane]++;
                }
            }
        }
        holding.finish(now);
        int count = Arrays.stream(stored).sum() + holding.begun();
        tables.tally().write(TallyCounts.accepted(count));
        return count;
    }

    /** Updates the state in memory, once the rows are on disk. */
    void written(int count) {
        tables.tally().committed(TallyCounts.accepted(count));
        for (int lane = 0; lane < stored.length; lane++) {
            lanes.get(lane).arrived(stored[lane]);
        }
        held.written(holding);
        held.releaseDue();
        replay.accepted(count);
    }
}
