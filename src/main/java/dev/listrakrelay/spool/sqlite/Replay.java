package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Spool.Outcome;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Makes pending events of dead letters, a thousand a transaction: in each, the new event is written, the dead letter
 * deleted and the tally set right, so that dying in between leaves every event in one place.
 */
final class Replay {

    static final int CHUNK = 1_000;

    private final GroupCommit commits;
    private final Tables tables;
    private final List<Lane> lanes;
    private final Clock clock;

    private record Chunk(int[] byLane, Map<Outcome, Long> counts, int replayed, long last, long bound) {}

    Replay(GroupCommit commits, Tables tables, List<Lane> lanes, Clock clock) {
        this.commits = commits;
        this.tables = tables;
        this.lanes = lanes;
        this.clock = clock;
    }

    /** Replays what fulfils the conditions now; one that dies again meanwhile is not replayed again. */
    CompletableFuture<Integer> start(Conditions conditions) {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        next(conditions, 0, Long.MAX_VALUE, 0, done);
        return done;
    }

    private void next(Conditions conditions, long after, long bound, int before, CompletableFuture<Integer> done) {
        commits.submit(connection -> write(conditions, after, bound), this::committed)
                .whenComplete((chunk, failure) -> {
                    if (failure != null) {
                        done.completeExceptionally(failure);
                    } else if (chunk.replayed() < CHUNK) {
                        done.complete(before + chunk.replayed());
                    } else {
                        next(conditions, chunk.last(), chunk.bound(), before + chunk.replayed(), done);
                    }
                });
    }

    private Chunk write(Conditions conditions, long after, long bound) throws SQLException {
        long last = Math.min(bound, tables.events().lastSeq());
        List<DeadTable.Letter> letters = tables.dead().next(conditions, after, last, CHUNK);
        long now = clock.millis();
        int[] byLane = new int[lanes.size()];
        Map<Outcome, Long> counts = new HashMap<>();
        for (DeadTable.Letter letter : letters) {
            int lane = Lane.of(letter.contact(), byLane.length);
            long seq = tables.events().replay(letter.seq(), lane, now);
            tables.history().note("replayed", "as " + seq, List.of(letter.seq()), now);
            tables.history().note("accepted", "replay of " + letter.seq(), List.of(seq), now);
            tables.dead().remove(letter.seq());
            byLane[lane]++;
            counts.merge(new Outcome("dead", letter.reason()), -1L, Long::sum);
            counts.merge(new Outcome("replayed", letter.reason()), 1L, Long::sum);
        }
        tables.tally().write(counts);
        long at = letters.isEmpty() ? after : letters.get(letters.size() - 1).seq();
        return new Chunk(byLane, counts, letters.size(), at, last);
    }

    private void committed(Chunk chunk) {
        tables.tally().committed(chunk.counts());
        for (int lane = 0; lane < chunk.byLane().length; lane++) {
            lanes.get(lane).arrived(chunk.byLane()[lane]);
        }
    }
}
