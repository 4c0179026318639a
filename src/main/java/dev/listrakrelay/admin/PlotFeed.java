package dev.listrakrelay.admin;

import dev.listrakrelay.delivery.RequestCounts;
import dev.listrakrelay.spool.Delays;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads what is counted already, and adds what came since the last time to a minute. An event that is forwarded to an
 * account counts as accepted once.
 */
final class PlotFeed {

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
                // its cluster has not been there yet: nothing came of it
                continue;
            }
        }
        minute.pending(pending);
        minute.addRequests(requests.take());
        minute.add(delays);
    }

    /** What a spool that was not there before counted earlier is not of this minute. */
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

    /** By outcome, whatever the reason; what died stays counted when it is replayed. */
    private static Map<String, Long> sums(Spool spool) {
        Map<String, Long> sums = new HashMap<>();
        spool.counted().forEach((outcome, events) -> {
            sums.merge(outcome.name().equals("replayed") ? "dead" : outcome.name(), events, Long::sum);
        });
        return sums;
    }
}
