package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.DeadLetters;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Finds and replays dead letters of all lanes, whichever process they are assigned to. */
final class KafkaDeadLetters implements DeadLetters {

    private static final int AT_ONCE = 200;

    private final DeadLetterLog letters;
    private final DeadLetterReplay replay;
    private final Duration retention;
    private final Clock clock;

    KafkaDeadLetters(DeadLetterLog letters, DeadLetterReplay replay, Duration retention, Clock clock) {
        this.letters = letters;
        this.replay = replay;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public List<DeadLetter> find(Search search) {
        List<DeadLetter> found = new ArrayList<>();
        letters.awaitCurrent();
        List<DeadLetterLane.Place> places = letters.before(search.before(), Math.min(search.limit(), AT_ONCE));
        while (!places.isEmpty() && found.size() < search.limit()) {
            letters.read(places).stream()
                    .filter(letter -> isFound(letter, search))
                    .limit(search.limit() - found.size())
                    .map(KafkaDeadLetters::withoutPayload)
                    .forEach(found::add);
            places = letters.before(places.get(places.size() - 1).seq(), AT_ONCE);
        }
        return found;
    }

    private boolean isFound(DeadLetter letter, Search search) {
        Event event = letter.event();
        Map<Search.Field, String> is = Map.of(
                Search.Field.MESSAGE_ID, event.messageId(),
                Search.Field.CONTACT, event.contact(),
                Search.Field.NAME, event.name(),
                Search.Field.OUTCOME, letter.reason());
        Instant diedAt = letter.diedAt();
        return !diedAt.isBefore(search.from())
                && diedAt.isBefore(search.to())
                && search.where().entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(is.get(wanted.getKey())))
                && !diedAt.isBefore(clock.instant().minus(retention));
    }

    private static DeadLetter withoutPayload(DeadLetter letter) {
        return new DeadLetter(
                letter.event().withRaw(new byte[0]),
                letter.reason(),
                letter.answer(),
                letter.request(),
                letter.attempts(),
                letter.diedAt());
    }

    @Override
    public Optional<DeadLetter> get(long seq) {
        letters.awaitCurrent();
        return letters.read(letters.at(List.of(seq))).stream().findFirst();
    }

    @Override
    public CompletionStage<Integer> replay(List<Long> seqs) {
        return replay(() -> {
            int count = 0;
            List<Long> inOrder = seqs.stream().distinct().sorted().toList();
            for (int from = 0; from < inOrder.size(); from += AT_ONCE) {
                count += replay.add(letters.at(inOrder.subList(from, Math.min(inOrder.size(), from + AT_ONCE))));
            }
            return count;
        });
    }

    @Override
    public CompletionStage<Integer> replay(Search search) {
        return replay(() -> {
            int count = 0;
            // in order, for those that wait are replayed while others are still looked at
            List<DeadLetterLane.Place> places = letters.after(0, AT_ONCE);
            while (!places.isEmpty()) {
                count += replay.add(found(places, search));
                places = letters.after(places.get(places.size() - 1).seq(), AT_ONCE);
            }
            return count;
        });
    }

    private List<DeadLetterLane.Place> found(List<DeadLetterLane.Place> places, Search search) {
        List<DeadLetterLane.Place> idle = places.stream()
                .filter(place -> !replay.isWaiting(place.seq()) && place.seq() < search.before())
                .toList();
        Set<Long> found = new HashSet<>();
        letters.read(idle).stream()
                .filter(letter -> isFound(letter, search))
                .forEach(letter -> found.add(letter.event().seq()));
        return idle.stream().filter(place -> found.contains(place.seq())).toList();
    }

    private CompletionStage<Integer> replay(Supplier<Integer> marking) {
        replay.asking();
        return CompletableFuture.supplyAsync(() -> {
                    letters.awaitCurrent();
                    int count = marking.get();
                    letters.awaitCurrent();
                    return count;
                })
                .handle((count, failure) -> replay.asked().thenApply(nothing -> {
                    if (failure != null) {
                        throw new SpoolUnavailable("spool: not replayed, " + failure.getMessage(), failure);
                    }
                    return count;
                }))
                .thenCompose(counted -> counted);
    }

    @Override
    public long waitingForReplay() {
        return replay.waiting();
    }
}
