package dev.listrakrelay.admin;

import dev.listrakrelay.delivery.Destination;
import dev.listrakrelay.delivery.Destinations;
import dev.listrakrelay.spool.LaneState;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.TracedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Says why an event is pending still, by how its destination and its lane fare now: nothing is written for it. */
@ApplicationScoped
public class AdminWaits {

    private final Destinations destinations;
    private final Clock clock;

    AdminWaits(Destinations destinations, Clock clock) {
        this.destinations = destinations;
        this.clock = clock;
    }

    /** The first of what holds it back: its destination, its lane, what became of its last try, those before it. */
    String why(String name, Spool spool, TracedEvent.Waiting waiting) {
        Instant now = clock.instant();
        LaneState lane = spool.laneStates().get(waiting.lane());
        return destinations
                .named(name.equals(AdminSpools.EVENTS) ? "listrak" : name)
                .flatMap(AdminWaits::ofDestination)
                .or(() -> ofLane(lane, now))
                .or(() -> waiting.due().isAfter(now)
                        ? Optional.of("tried again at " + waiting.due() + ", its last try failed")
                        : Optional.empty())
                .orElseGet(() -> "its turn in lane " + lane.lane() + ", of which " + lane.pending() + " are pending");
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
        String when = lane.pausedUntil().isAfter(now) ? "rests until " + lane.pausedUntil() : "tries again now";
        String why = lane.cause().isEmpty() ? "" : ", the last: " + lane.cause();
        return Optional.of("lane " + lane.lane() + " " + when + ", failures in a row: " + lane.pauses() + why);
    }
}
