package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.DeadLetters;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Finds and replays the dead letters of all lanes, whichever process a lane is assigned to. */
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
        List<Long> seqs = letters.before(search.before(), Math.min(search.limit(), AT_ONCE));
        while (!seqs.isEmpty() && found.size() < search.limit()) {
            letters.read(seqs).stream()
                    .filter(letter -> isFound(letter, search))
                    .limit(search.limit() - found.size())
                    .map(KafkaDeadLetters::withoutPayload)
                    .forEach(found::add);
            seqs = letters.before(seqs.get(seqs.size() - 1), AT_ONCE);
        }
        return found;
    }

    private boolean isFound(DeadLetter letter, Search search) {
        return search.finds(letter.event(), letter.diedAt(), letter.reason())
                && !letter.diedAt().isBefore(clock.instant().minus(retention));
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
        return letters.read(List.of(seq)).stream().findFirst();
    }

    @Override
    public CompletionStage<Integer> replay(List<Long> seqs) {
        return replay(() -> replay.add(seqs));
    }

    @Override
    public CompletionStage<Integer> replay(Search search) {
        return replay(
                () -> {
                    int count = 0;
                    // in order, because the first dead letters are replayed while later ones are still read
                    List<Long> seqs = letters.after(0, AT_ONCE);
                    while (!seqs.isEmpty()) {
                        count += replay.add(letters
                                .read(seqs.stream()
                                        .filter(seq -> !replay.isWaiting(seq) && seq < search.before())
                                        .toList())
                                .stream()
                                .filter(letter -> isFound(letter, search))
                                .map(letter -> letter.event().seq())
                                .toList());
                        seqs = letters.after(seqs.get(seqs.size() - 1), AT_ONCE);
                    }
                    return count;
                });
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
