package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Spool.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Counts what became of a lane's events: what is written, and beside it what is on its way. */
final class LaneTally {

    private final Map<Outcome, Long> written;
    private final Map<Outcome, Long> ahead;
    private final Consumer<Outcome> news;

    /** @param news is told each outcome when it is counted */
    LaneTally(Map<Outcome, Long> written, Consumer<Outcome> news) {
        this.written = new HashMap<>(written);
        this.ahead = new HashMap<>(written);
        this.news = news;
        written.keySet().forEach(news);
    }

    /** Adds counts that are about to be written; answers what all come to. */
    synchronized Map<Outcome, Long> write(Map<Outcome, Long> counts) {
        add(ahead, counts, 1);
        return Map.copyOf(ahead);
    }

    synchronized void written(Map<Outcome, Long> counts) {
        add(written, counts, 1);
        counts.keySet().forEach(news);
    }

    synchronized void undone(Map<Outcome, Long> counts) {
        add(ahead, counts, -1);
    }

    synchronized Map<Outcome, Long> all() {
        return new HashMap<>(written);
    }

    private static void add(Map<Outcome, Long> sums, Map<Outcome, Long> counts, int sign) {
        counts.forEach((outcome, events) -> {
            if (sums.merge(outcome, sign * events, Long::sum) == 0) {
                sums.remove(outcome);
            }
        });
    }
}
