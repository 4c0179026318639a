package dev.listrakrelay.alert;

import dev.listrakrelay.spool.SpoolCounts;
import dev.listrakrelay.spool.SpoolRoom;
import dev.listrakrelay.spool.Spools;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds spools that are filling or full, and spools whose oldest event waits too long. The spool of alerts does not count. */
@ApplicationScoped
public class SpoolProblems implements ProblemSource {

    private static final int FILLING_PERCENT = 80;

    private final Spools spools;
    private final Duration oldPending;
    private final Clock clock;

    SpoolProblems(Spools spools, AlertsConfig config, Clock clock) {
        this.spools = spools;
        this.oldPending = config.oldPending();
        this.clock = clock;
    }

    @Override
    public Stream<Problem> problems() {
        return spools.opened().entrySet().stream()
                .filter(spool -> !spool.getKey().equals(AlertsConfig.SPOOL))
                .flatMap(spool -> of(spool.getKey(), spool.getValue()));
    }

    private Stream<Problem> of(String name, SpoolCounts spool) {
        Optional<SpoolRoom> room = spool.room();
        return Stream.of(
                        room.filter(now -> now.free() == 0).map(now -> full(name)),
                        room.filter(now -> percent(now) > FILLING_PERCENT).map(now -> filling(name, now)),
                        spool.oldestPending()
                                .filter(oldest -> oldest.plus(oldPending).isBefore(clock.instant()))
                                .map(oldest -> oldPending(name, oldest, spool.pending())))
                .flatMap(Optional::stream);
    }

    private static double percent(SpoolRoom room) {
        return 100.0 * room.used() / room.limit();
    }

    private Problem full(String name) {
        return new Problem(
                AlertKind.SPOOL_FULL,
                name,
                "The spool " + name + " is full and accepts no events. Callers get 503 and must keep them.",
                clock.instant(),
                1);
    }

    private Problem filling(String name, SpoolRoom room) {
        return new Problem(
                AlertKind.SPOOL_FILLING,
                name,
                "The spool " + name + " uses " + Math.round(percent(room))
                        + " % of spool.max-bytes. At 100 %, callers get 503.",
                clock.instant(),
                1);
    }

    private static Problem oldPending(String name, Instant oldest, long pending) {
        return new Problem(
                AlertKind.OLD_PENDING,
                name,
                "The oldest event of the spool " + name + " has waited since " + oldest + "; "
                        + (pending == 1 ? "no other waits" : (pending - 1) + " more wait")
                        + ". Its destination is slow or down.",
                oldest,
                pending);
    }
}
