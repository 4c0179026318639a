package dev.listrakrelay.spool;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Counts the events of a spool, and says how full it is and what its lanes do. */
public interface SpoolCounts {

    /** The number of events that are not settled. */
    long pending();

    /** The pending events that are held until an e-mail is known for them. */
    default HeldCounts held() {
        return HeldCounts.NONE;
    }

    /** The time since which the oldest pending event waits for its delivery; empty if there is none. A held event doesn't. */
    Optional<Instant> oldestPending();

    /**
     * Counts the events by outcome since the spool was created: accepted = delivered + dropped + dead + forwarded +
     * pending. A replayed event is no longer counted as dead or dropped. It counts as replayed or replayed_dropped,
     * outside this sum.
     */
    Map<Spool.Outcome, Long> tally();

    /** The part of the tally that this process counted. No count decreases, except dead after a replay. */
    default Map<Spool.Outcome, Long> counted() {
        return tally();
    }

    /** Calls a listener once for each line of the tally: for the existing ones now, and for new ones later. */
    void onNewOutcome(Consumer<Spool.Outcome> listener);

    /** How full the spool is; empty if the engine doesn't know it. */
    default Optional<SpoolRoom> room() {
        return Optional.empty();
    }

    /** The state of each lane, in order. Held events are in no lane. */
    List<LaneState> laneStates();
}
