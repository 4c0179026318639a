package dev.listrakrelay.admin;

import dev.listrakrelay.delivery.Destination;
import dev.listrakrelay.delivery.Destinations;
import dev.listrakrelay.log.Plural;
import dev.listrakrelay.spool.LaneState;
import dev.listrakrelay.spool.SpoolCounts;
import dev.listrakrelay.spool.Spools;
import dev.listrakrelay.spool.TracedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Describes why an event is still pending, from the current state of its destination and its lane. It writes nothing. */
@ApplicationScoped
public class PendingReason {

    private static final String LISTRAK = "listrak";

    private final Destinations destinations;
    private final Spools spools;
    private final Clock clock;

    PendingReason(Destinations destinations, Spools spools, Clock clock) {
        this.spools = spools;
        this.destinations = destinations;
        this.clock = clock;
    }

    /** Returns the first reason that applies: it is held, its destination, its lane, its last try, or the events before it. */
    String why(String name, SpoolCounts spool, TracedEvent.Waiting waiting) {
        if (waiting.isHeld()) {
            return "held until " + waiting.due() + ", because no e-mail is known for it so far";
        }
        Instant now = clock.instant();
        LaneState lane = spool.laneStates().get(waiting.lane());
        return destination(name)
                .flatMap(PendingReason::ofDestination)
                .or(() -> ofLane(lane, now))
                .or(() -> waiting.due().isAfter(now)
                        ? Optional.of("next try at " + waiting.due() + ", because the last try failed")
                        : Optional.empty())
                .orElseGet(() -> "its turn in lane " + lane.lane() + ", " + Plural.of(lane.pending(), "event")
                        + " pending there");
    }

    /** Returns the destination of a spool. For {@code events} it is Listrak, unless each account has a spool of its own. */
    private Optional<Destination> destination(String spool) {
        boolean isSorted = spools.opened().containsKey(LISTRAK);
        return spool.equals(AdminSpools.EVENTS)
                ? destinations.named(LISTRAK).filter(listrak -> !isSorted)
                : destinations.named(spool);
    }

    private static Optional<String> ofDestination(Destination destination) {
        String name = destination.name();
        return destination
                .parked()
                .map(parked -> name + " parked since " + parked.since() + ", because " + parked.reason())
                .or(() -> destination.askedToWaitUntil().map(until -> name + " asked to wait until " + until));
    }

    private static Optional<String> ofLane(LaneState lane, Instant now) {
        if (lane.pauses() == 0) {
            return Optional.empty();
        }
        String when = lane.pausedUntil().isAfter(now) ? "paused until " + lane.pausedUntil() : "tries again now";
        String why = lane.cause().isEmpty() ? "" : ", last failure: " + lane.cause();
        return Optional.of("lane " + lane.lane() + " " + when + ", failures in a row: " + lane.pauses() + why);
    }
}
