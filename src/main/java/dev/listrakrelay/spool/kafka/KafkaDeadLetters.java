package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.DeadLetters;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Settlement;
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

/** Finds dead letters of all lanes, whoever has them, and lets those wait that are to be replayed by whoever does. */
final class KafkaDeadLetters implements DeadLetters {

    private static final int AT_ONCE = 200;

    private final LetterLog letters;
    private final ReplayFeed feed;
    private final Duration retention;
    private final Clock clock;

    KafkaDeadLetters(LetterLog letters, ReplayFeed feed, Duration retention, Clock clock) {
        this.letters = letters;
        this.feed = feed;
        this.retention = retention;
        this.clock = clock;
    }

    /** Completes once the letter of an event is on disk. */
    CompletionStage<Void> died(Event event, Settlement.Dead how, int attempts, Instant at) {
        return letters.bury(List.of(new DeadLetter(event, how.reason(), how.answer(), how.request(), attempts, at)));
    }

    /** Some events were settled, so that there may be room for replayed ones. */
    void settled() {
        feed.goOn();
    }

    /** Takes back what the former owner of a lane began and didn't end. */
    void owned(OwnedLane lane) {
        letters.takeBack(lane.number(), lane::isPending);
        lane.replays().keep(letters::holds);
    }

    @Override
    public List<DeadLetter> find(Search search) {
        List<DeadLetter> found = new ArrayList<>();
        letters.awaitCurrent();
        List<LetterLane.Place> places = letters.before(search.before(), Math.min(search.limit(), AT_ONCE));
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
                count += wait(letters.at(inOrder.subList(from, Math.min(inOrder.size(), from + AT_ONCE))));
            }
            return count;
        });
    }

    @Override
    public CompletionStage<Integer> replay(Search search) {
        return replay(() -> {
            int count = 0;
            // in order, for those that wait are replayed while others are still looked at
            List<LetterLane.Place> places = letters.after(0, AT_ONCE);
            while (!places.isEmpty()) {
                count += wait(found(places, search));
                places = letters.after(places.get(places.size() - 1).seq(), AT_ONCE);
            }
            return count;
        });
    }

    private List<LetterLane.Place> found(List<LetterLane.Place> places, Search search) {
        List<LetterLane.Place> idle = places.stream()
                .filter(place -> !place.isWaiting() && place.seq() < search.before())
                .toList();
        Set<Long> found = new HashSet<>();
        letters.read(idle).stream()
                .filter(letter -> isFound(letter, search))
                .forEach(letter -> found.add(letter.event().seq()));
        return idle.stream().filter(place -> found.contains(place.seq())).toList();
    }

    private CompletionStage<Integer> replay(Supplier<Integer> marking) {
        feed.asking();
        return CompletableFuture.supplyAsync(() -> {
                    letters.awaitCurrent();
                    int count = marking.get();
                    letters.awaitCurrent();
                    return count;
                })
                .handle((count, failure) -> feed.asked().thenApply(nothing -> {
                    if (failure != null) {
                        throw new SpoolUnavailable("spool: not replayed, " + failure.getMessage(), failure);
                    }
                    return count;
                }))
                .thenCompose(counted -> counted);
    }

    /** Lets those wait that don't yet; answers how many. */
    private int wait(List<LetterLane.Place> places) {
        List<Long> seqs = places.stream()
                .filter(place -> !place.isWaiting())
                .map(LetterLane.Place::seq)
                .toList();
        SpoolUnavailable.await(letters.mark(LetterKey.Kind.WAITING, true, seqs));
        return seqs.size();
    }

    @Override
    public long waitingForReplay() {
        return letters.waiting();
    }
}
