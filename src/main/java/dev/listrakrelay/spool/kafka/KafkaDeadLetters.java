package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.DeadLetters;
import dev.listrakrelay.spool.Search;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Finds and replays the dead letters of all lanes, whichever process a lane is assigned to. */
final class KafkaDeadLetters implements DeadLetters {

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
        letters.walk(search.before(), read -> {
            read.stream()
                    .filter(letter -> isFound(letter, search))
                    .limit(search.limit() - found.size())
                    .map(DeadLetter::withoutPayload)
                    .forEach(found::add);
            return found.size() < search.limit();
        });
        return found;
    }

    private boolean isFound(DeadLetter letter, Search search) {
        return search.finds(letter.event(), letter.diedAt(), letter.reason())
                && !letter.diedAt().isBefore(clock.instant().minus(retention));
    }

    @Override
    public Optional<DeadLetter> get(long seq) {
        letters.awaitCurrent();
        return letters.read(List.of(seq)).stream().findFirst();
    }

    @Override
    public CompletionStage<Integer> replay(List<Long> seqs) {
        return replay.start(() -> seqs);
    }

    @Override
    public CompletionStage<Integer> replay(Search search) {
        return replay.start(() -> {
            List<Long> seqs = new ArrayList<>();
            letters.walk(search.before(), read -> {
                read.stream()
                        .filter(letter -> isFound(letter, search))
                        .forEach(letter -> seqs.add(letter.event().seq()));
                return true;
            });
            return seqs;
        });
    }

    @Override
    public long waitingForReplay() {
        return replay.waiting();
    }
}
