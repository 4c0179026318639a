package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.LaneLost;
import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Makes events of dead letters, some at a time, in three writes: the events, the count of them, and that their letters are
 * gone.
 *
 * <p>Whoever has the lane next begins with the same letters again where the last write is missing. Nothing is done twice
 * then: an event has the name of its letter, and is stored once; the ledger says up to which of them they are counted.
 */
final class Replaying {

    /** The last event of a lane that is counted as replayed; a note of its ledger. */
    private static final String COUNTED = "replayed";

    private final SpoolTopics topics;
    private final LetterLog letters;
    private final Lanes lanes;
    private final Appends appends;
    private final StepRing history;
    private final Clock clock;

    /** The event that a letter became. */
    private record Fed(DeadLetter letter, long seq) {

        long of() {
            return letter.event().seq();
        }
    }

    Replaying(SpoolTopics topics, LetterLog letters, Lanes lanes, Appends appends, StepRing history, Clock clock) {
        this.topics = topics;
        this.letters = letters;
        this.lanes = lanes;
        this.appends = appends;
        this.history = history;
        this.clock = clock;
    }

    /** Replays letters of our lanes, in order; answers how many there were. */
    int replay(List<LetterLane.Place> places) {
        Map<Integer, List<DeadLetter>> byLane = new TreeMap<>();
        letters.read(places).forEach(letter -> byLane.computeIfAbsent(
                        topics.lane(letter.event().seq()), lane -> new ArrayList<>())
                .add(letter));
        byLane.forEach((lane, chunk) -> replay(
                lanes.get(lane).orElseThrow(() -> new LaneLost("spool: lane " + lane + " was given up")), chunk));
        letters.awaitCurrent();
        return places.size();
    }

    private void replay(Lanes.Held lane, List<DeadLetter> chunk) {
        List<Fed> fed = feed(lane.lane(), chunk);
        count(lane, fed);
        letForgottenGo(fed);
        List<Long> gone = fed.stream().map(Fed::of).toList();
        SpoolUnavailable.await(letters.remove(gone));
        lane.lane().replays().gone(gone);
        fed.forEach(event -> {
            history.add(List.of(event.of()), new EventStep(clock.instant(), "replayed", "as " + event.seq()));
            history.add(List.of(event.seq()), new EventStep(clock.instant(), "accepted", "replay of " + event.of()));
        });
    }

    private List<Fed> feed(OwnedLane lane, List<DeadLetter> chunk) {
        lane.replays().feed(chunk.size());
        List<CompletableFuture<Fed>> fed =
                chunk.stream().map(letter -> feed(lane, letter)).toList();
        return fed.stream().map(SpoolUnavailable::await).toList();
    }

    private CompletableFuture<Fed> feed(OwnedLane lane, DeadLetter letter) {
        long seq = letter.event().seq();
        OptionalLong there = lane.replays().seqOf(seq);
        if (there.isPresent()) {
            lane.replays().notFed();
            return CompletableFuture.completedFuture(new Fed(letter, there.getAsLong()));
        }
        return appends.replay(letter.event(), seq).handle((written, failure) -> {
            if (failure != null) {
                lane.replays().notFed();
                throw new SpoolUnavailable("spool: not replayed, " + failure.getMessage(), failure);
            }
            return new Fed(letter, written);
        });
    }

    private void count(Lanes.Held held, List<Fed> fed) {
        OwnedLane lane = held.lane();
        long counted = lane.notes().getOrDefault(COUNTED, 0L);
        List<Fed> uncounted =
                fed.stream().filter(event -> event.seq() > counted).toList();
        if (uncounted.isEmpty()) {
            return;
        }
        Map<Outcome, Long> counts = new HashMap<>();
        uncounted.forEach(event -> {
            counts.merge(new Outcome("dead", event.letter().reason()), -1L, Long::sum);
            counts.merge(new Outcome("replayed", event.letter().reason()), 1L, Long::sum);
        });
        long upTo = uncounted.stream().mapToLong(Fed::seq).reduce(counted, Math::max);
        SpoolUnavailable.await(held.settling().count(counts, Map.of(COUNTED, upTo)));
        lane.replays().counted(uncounted.size());
    }

    /** A letter may have been forgotten while it became an event. */
    private void letForgottenGo(List<Fed> fed) {
        letters.awaitCurrent();
        SpoolUnavailable.await(letters.mark(
                LetterKey.Kind.FORGOTTEN,
                true,
                fed.stream()
                        .filter(event -> letters.isForgotten(event.of()))
                        .map(Fed::seq)
                        .toList()));
    }
}
