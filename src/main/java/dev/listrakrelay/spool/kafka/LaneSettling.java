package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.LaneLost;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.lane.LaneChange;
import dev.listrakrelay.spool.lane.LaneProgress.Open;
import dev.listrakrelay.spool.lane.TallyCounts;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes what became of a lane's events: dead letters first, then one entry of the ledger, and then it is so. */
final class LaneSettling {

    /** So many entries after the last whole one the next one is whole, so that those before it can go. */
    private static final int WHOLE_EVERY = 1_000;

    private final OwnedLane owned;
    private final KafkaDeadLetters letters;
    private final KafkaHistory history;
    private final KafkaForgotten forgotten;
    private final Clock clock;
    private final AtomicInteger entries = new AtomicInteger(WHOLE_EVERY);
    private volatile long whole = -1;

    LaneSettling(
            OwnedLane owned, KafkaDeadLetters letters, KafkaHistory history, KafkaForgotten forgotten, Clock clock) {
        this.owned = owned;
        this.letters = letters;
        this.history = history;
        this.forgotten = forgotten;
        this.clock = clock;
    }

    /** The offset of the last whole entry; -1 before there is one. */
    long whole() {
        return whole;
    }

    CompletionStage<Void> settle(Map<Event, Settlement> settlements, List<SentRequest> requests) {
        LaneChange change = forgotten.without(owned.lane().ledger().change(settlements));
        if (change.settled().isEmpty() && !owned.lane().ledger().hasMoved()) {
            history.attempted(requests);
            return CompletableFuture.completedFuture(null);
        }
        Instant now = clock.instant();
        List<CompletableFuture<Void>> dead = new ArrayList<>();
        change.settled().forEach((event, settlement) -> {
            if (settlement instanceof Settlement.Dead died) {
                int attempts = owned.lane().ledger().attempts(event.seq());
                dead.add(letters.died(event, died, attempts, now).toCompletableFuture());
            }
        });
        return dead.isEmpty()
                ? write(change, requests, now)
                : CompletableFuture.allOf(dead.toArray(CompletableFuture[]::new))
                        // not on the thread that writes: it may have to wait for that
                        .thenComposeAsync(nothing -> write(change, requests, now));
    }

    private synchronized CompletionStage<Void> write(LaneChange change, List<SentRequest> requests, Instant now) {
        Map<Outcome, Long> counts = TallyCounts.of(change.settled().values());
        return write(entry(change, counts), counts, () -> {
            owned.apply(change, counts);
            history.attempted(requests);
            history.settled(change.settled(), now);
            forgotten.settled(change);
            letters.settled();
        });
    }

    /** Lets it be written that the lane rests, and what failed. */
    CompletionStage<Void> pause(int again, String cause) {
        List<Long> failed = owned.lane().ledger().out();
        return count(TallyCounts.retried(again), Map.of())
                .thenRun(() -> history.retried(failed, cause, clock.instant()));
    }

    /** Corrects the tally and notes, and writes how the lane rests; others than those who have the lane may call it. */
    synchronized CompletionStage<Void> count(Map<Outcome, Long> counts, Map<String, Long> notes) {
        Map<String, Long> before = Map.copyOf(owned.notes());
        owned.notes().putAll(notes);
        LedgerEntry entry = new LedgerEntry(
                false,
                0,
                owned.lane().state().pausedUntil().toEpochMilli(),
                owned.lane().pauses(),
                owned.tally().write(counts),
                Map.of(),
                List.of(),
                Map.copyOf(owned.notes()));
        return write(entry, counts, () -> owned.tally().written(counts)).whenComplete((nothing, failure) -> {
            if (failure != null) {
                owned.notes().keySet().removeAll(notes.keySet());
                owned.notes().putAll(before);
            }
        });
    }

    private LedgerEntry entry(LaneChange change, Map<Outcome, Long> counts) {
        boolean isWhole = owned.ledger().isUnsure() || entries.incrementAndGet() >= WHOLE_EVERY;
        SortedMap<Long, Open> opened = isWhole ? owned.lane().ledger().openAfter(change) : change.opened();
        Map<Long, Long> since = opened.isEmpty() ? Map.of() : owned.since();
        Map<Long, LedgerEntry.Waiting> waiting = new HashMap<>();
        opened.forEach((seq, open) -> waiting.put(seq, new LedgerEntry.Waiting(open, since.getOrDefault(seq, 0L))));
        List<Long> closed = new ArrayList<>(change.done());
        closed.retainAll(change.wasOpen());
        return new LedgerEntry(
                isWhole,
                change.head(),
                owned.lane().state().pausedUntil().toEpochMilli(),
                change.isDelivery() ? 0 : owned.lane().pauses(),
                owned.tally().write(counts),
                waiting,
                isWhole ? List.of() : closed,
                isWhole ? Map.copyOf(owned.notes()) : Map.of());
    }

    private CompletionStage<Void> write(LedgerEntry entry, Map<Outcome, Long> counts, Runnable apply) {
        if (owned.isGivenUp()) {
            owned.tally().undone(counts);
            return CompletableFuture.failedFuture(new LaneLost("spool: lane " + owned.number() + " was given up"));
        }
        return owned.ledger().write(entry).handle((offset, failure) -> {
            if (failure != null) {
                owned.tally().undone(counts);
                if (failure instanceof LaneLost) {
                    owned.giveUp();
                }
                throw failure instanceof SpoolUnavailable told
                        ? told
                        : new SpoolUnavailable("spool: not written, " + failure.getMessage(), failure);
            }
            if (entry.isWhole()) {
                whole = offset;
                entries.set(0);
            }
            apply.run();
            return null;
        });
    }
}
