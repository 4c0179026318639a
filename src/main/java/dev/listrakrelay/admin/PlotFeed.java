package dev.listrakrelay.admin;

import dev.listrakrelay.delivery.RequestCounts;
import dev.listrakrelay.spool.Delays;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.util.HashMap;
import java.util.Map;

/**
 * Adds the events and requests since the last call to a minute, from the existing counters. An event that is forwarded to an
 * account counts as accepted once.
 */
final class PlotFeed {

    /** What events were before their replay, by the name of the count of replays. */
    private static final Map<String, String> FIRST = Map.of("replayed", "dead", Spool.REPLAYED_DROPPED, "dropped");

    private final RequestCounts requests;
    private final Delays delays;
    private final Map<String, Map<String, Long>> before = new HashMap<>();

    PlotFeed(RequestCounts requests, Delays delays) {
        this.requests = requests;
        this.delays = delays;
    }

    void feed(Map<String, Spool> spools, PlotMinute minute) {
        long pending = 0;
        for (Map.Entry<String, Spool> spool : spools.entrySet()) {
            try {
                add(spool.getKey(), sums(spool.getValue()), minute);
                pending += spool.getValue().pending();
            } catch (SpoolUnavailable away) {
                // the spool was never open, so there is nothing to count
                continue;
            }
        }
        minute.pending(pending);
        minute.addRequests(requests.take());
        minute.add(delays);
    }

    /** Adds the difference to the last call. The first counts of a spool are not added, because they are of earlier minutes. */
    private void add(String name, Map<String, Long> sums, PlotMinute minute) {
        Map<String, Long> known = before.put(name, sums);
        if (known == null) {
            return;
        }
        boolean isForwardedTo = name.startsWith("listrak");
        for (String outcome : PlotRing.OUTCOMES) {
            long more = sums.getOrDefault(outcome, 0L) - known.getOrDefault(outcome, 0L);
            if (more > 0 && !(isForwardedTo && outcome.equals("accepted"))) {
                minute.add(outcome, more);
            }
        }
    }

    /** Returns the counts by outcome, for all reasons together. What was replayed still counts as what it was before. */
    private static Map<String, Long> sums(Spool spool) {
        Map<String, Long> sums = new HashMap<>();
        spool.counted().forEach((outcome, events) -> {
            sums.merge(FIRST.getOrDefault(outcome.name(), outcome.name()), events, Long::sum);
        });
        return sums;
    }
}
