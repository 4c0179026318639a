package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Spool.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Counts what became of a lane's events: what is written, and beside it what is on its way. */
final class LaneTally {

    private final Map<Outcome, Long> written;
    private final Map<Outcome, Long> ahead;
    private final BiConsumer<Outcome, Long> news;

    /** @param news is told each outcome that was counted before, with 0, and each count that comes to it */
    LaneTally(Map<Outcome, Long> written, BiConsumer<Outcome, Long> news) {
        this.written = new HashMap<>(written);
        this.ahead = new HashMap<>(written);
        this.news = news;
        written.keySet().forEach(outcome -> news.accept(outcome, 0L));
    }

    /** Adds counts that are about to be written; answers what all come to. */
    synchronized Map<Outcome, Long> write(Map<Outcome, Long> counts) {
        add(ahead, counts, 1);
        return Map.copyOf(ahead);
    }

    synchronized void written(Map<Outcome, Long> counts) {
        add(written, counts, 1);
        counts.forEach(news);
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
