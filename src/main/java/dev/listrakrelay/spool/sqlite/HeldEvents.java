package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.log.LogRateLimiter;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.HeldCounts;
import dev.listrakrelay.spool.HoldLimits;
import dev.listrakrelay.spool.lane.Lane;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Knows how many events are held, and releases those whose time is over, a few hundred in a transaction. If nothing is
 * to be held any more, the next start releases all.
 */
final class HeldEvents {

    private static final Logger LOG = Logger.getLogger(HeldEvents.class);

    private final GroupCommit commits;
    private final SpoolTables tables;
    private final List<Lane> lanes;
    private final Clock clock;
    private final HoldLimits limits;
    private final AtomicLong held;
    private final AtomicLong notHeld = new AtomicLong();
    private final AtomicBoolean isReleasing = new AtomicBoolean();
    private final LogRateLimiter lines = LogRateLimiter.onceUntilEnded();

    /** Since when the oldest event is held, or an older one was: epoch milliseconds. */
    private volatile long oldest;

    HeldEvents(GroupCommit commits, SpoolTables tables, List<Lane> lanes, Clock clock, HoldLimits limits)
            throws SQLException {
        this.commits = commits;
        this.tables = tables;
        this.lanes = lanes;
        this.clock = clock;
        this.limits = limits;
        this.held = new AtomicLong(tables.held().count());
    }

    HeldCounts counts() {
        return new HeldCounts(held.get(), notHeld.get());
    }

    /** Begins a change for the events of an append. */
    HeldChange change(List<Event> incoming) {
        return change().among(incoming);
    }

    private HeldChange change() {
        return new HeldChange(tables, limits, lanes.size(), held::get);
    }

    /** Call it when a change is on disk. */
    void written(HeldChange change) {
        long released = 0;
        for (Lane lane : lanes) {
            lane.arrived(change.released(lane.number()));
            released += change.released(lane.number());
        }
        if (change.begun() > 0 && held.get() == 0) {
            oldest = clock.millis();
        }
        held.addAndGet(change.begun() - released);
        warn(change.notHeld());
    }

    private void warn(long more) {
        if (more > 0) {
            notHeld.addAndGet(more);
            if (lines.isDue("")) {
                LOG.warnf(
                        "identity.hold-at-most: %d events are held, so other events without an e-mail are not held and"
                                + " will be dropped",
                        limits.atMost());
            }
        } else if (held.get() <= limits.atMost() / 2) {
            lines.end("");
        }
    }

    /** Releases the events whose time is over. It returns at once; another thread releases them. */
    void releaseDue() {
        if (held.get() == 0 || !isDue(clock.millis()) || !isReleasing.compareAndSet(false, true)) {
            return;
        }
        HeldChange change = change();
        commits.submit(
                        () -> {
                            change.releaseDue(clock.millis());
                            return change;
                        },
                        this::released)
                .whenComplete((done, failure) -> {
                    isReleasing.set(false);
                    if (failure == null) {
                        releaseDue();
                    }
                });
    }

    private void released(HeldChange change) {
        written(change);
        change.oldest().ifPresent(since -> oldest = since);
    }

    private boolean isDue(long now) {
        return now - oldest >= limits.time().toMillis() || oldest > now;
    }
}
