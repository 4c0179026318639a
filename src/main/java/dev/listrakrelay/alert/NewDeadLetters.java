package dev.listrakrelay.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.log.Plural;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.Spools;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds new dead letters, by spool and reason. A kind is over once all of its new dead letters are replayed, or if none
 * followed for {@code alerts.dead-letters}. Dead letters from before the first start with alerts do not count.
 */
@ApplicationScoped
public class NewDeadLetters implements ProblemSource {

    private final Supplier<Map<String, Map<Spool.Outcome, Long>>> tallies;
    private final Duration over;
    private final Clock clock;
    private final Map<String, Growth> kinds = new TreeMap<>();
    private boolean isFirstLook = true;

    /**
     * How the number of dead letters of a kind grows.
     *
     * @param base the number that is not told: before the first new one
     * @param last the number at the last look
     * @param since when the first new one was seen
     * @param grownAt when the latest new one was seen
     */
    private record Growth(long base, long last, Instant since, Instant grownAt) {

        static Growth none(long count) {
            return new Growth(count, count, Instant.EPOCH, Instant.EPOCH);
        }

        /** A number below the last one is that of a new process, or of a replay. */
        Growth next(long count, Instant now, Duration over) {
            boolean isOver = count <= base || !grownAt.plus(over).isAfter(now);
            Growth before = isOver ? none(Math.min(count, last)) : this;
            if (count <= last) {
                return new Growth(before.base, count, before.since, before.grownAt);
            }
            return new Growth(before.base, count, isOver ? now : since, now);
        }
    }

    @Inject
    NewDeadLetters(Spools spools, AlertsConfig config, Clock clock) {
        this(() -> tallies(spools), config.deadLetters(), clock);
    }

    /** @param tallies returns the tally of each spool, by name */
    NewDeadLetters(Supplier<Map<String, Map<Spool.Outcome, Long>>> tallies, Duration over, Clock clock) {
        this.tallies = tallies;
        this.over = over;
        this.clock = clock;
    }

    private static Map<String, Map<Spool.Outcome, Long>> tallies(Spools spools) {
        return spools.opened().entrySet().stream()
                .filter(spool -> !spool.getKey().equals(AlertsConfig.SPOOL))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, spool -> spool.getValue().counted()));
    }

    @Override
    public Stream<Problem> problems() {
        Instant now = clock.instant();
        tallies.get().forEach((name, tally) -> tally.forEach((outcome, count) -> note(name, outcome, count, now)));
        isFirstLook = false;
        return kinds.entrySet().stream()
                .filter(kind -> kind.getValue().last() > kind.getValue().base())
                .map(kind -> problem(kind.getKey(), kind.getValue()));
    }

    private void note(String spool, Spool.Outcome outcome, long count, Instant now) {
        if (outcome.name().equals("dead")) {
            Growth before =
                    kinds.computeIfAbsent(spool + " " + outcome.reason(), kind -> Growth.none(isFirstLook ? count : 0));
            kinds.put(spool + " " + outcome.reason(), before.next(count, now, over));
        }
    }

    private static Problem problem(String kind, Growth growth) {
        long count = growth.last() - growth.base();
        String spool = kind.substring(0, kind.indexOf(' '));
        String reason = kind.substring(kind.indexOf(' ') + 1);
        return new Problem(
                AlertKind.DEAD_LETTERS,
                kind,
                "In the spool " + spool + ", " + Plural.of(count, "event") + " became dead letters: " + reason + ".",
                growth.since(),
                count);
    }

    @Override
    public void restore(JsonNode saved) {
        isFirstLook = saved.isMissingNode();
        saved.properties()
                .forEach(kind -> kinds.put(
                        kind.getKey(),
                        new Growth(
                                kind.getValue().path("base").asLong(),
                                kind.getValue().path("last").asLong(),
                                Instant.ofEpochMilli(
                                        kind.getValue().path("since").asLong()),
                                Instant.ofEpochMilli(
                                        kind.getValue().path("grownAt").asLong()))));
    }

    @Override
    public void save(ObjectNode saved) {
        kinds.forEach((kind, growth) -> saved.putObject(kind)
                .put("base", growth.base())
                .put("last", growth.last())
                .put("since", growth.since().toEpochMilli())
                .put("grownAt", growth.grownAt().toEpochMilli()));
    }
}
