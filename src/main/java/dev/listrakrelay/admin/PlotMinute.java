package dev.listrakrelay.admin;

import dev.listrakrelay.spool.Delays;
import java.util.Map;
import java.util.TreeMap;

/** Counts the events of each outcome and the requests of each kind in one minute, and how long deliveries took. */
final class PlotMinute {

    private static final double P50 = 0.5;
    private static final double P95 = 0.95;

    private final long minute;
    private final Map<String, Long> events = new TreeMap<>();
    private final Map<String, Long> requests = new TreeMap<>();
    private long pending;
    private int[] delays = new int[Delays.BUCKETS];
    private Long p50;
    private Long p95;

    /** @param minute the minutes since 1970 */
    PlotMinute(long minute) {
        this.minute = minute;
    }

    long minute() {
        return minute;
    }

    void add(String outcome, long more) {
        events.merge(outcome, more, Long::sum);
    }

    void addRequests(Map<String, Long> more) {
        more.forEach((kind, count) -> requests.merge(kind, count, Long::sum));
    }

    void add(Delays more) {
        more.moveTo(delays);
    }

    void pending(long now) {
        pending = now;
    }

    /** Ends the minute: keeps the two percentiles, and frees the memory of the delays. */
    void close() {
        p50 = Delays.quantile(delays, P50);
        p95 = Delays.quantile(delays, P95);
        delays = null;
    }

    long events(String outcome) {
        return events.getOrDefault(outcome, 0L);
    }

    Map<String, Long> requests() {
        return requests;
    }

    long pending() {
        return pending;
    }

    /** The median delay in milliseconds; null without deliveries. */
    Long p50() {
        return delays == null ? p50 : Delays.quantile(delays, P50);
    }

    /** The delay in milliseconds that 95 % of the deliveries did not exceed; null without deliveries. */
    Long p95() {
        return delays == null ? p95 : Delays.quantile(delays, P95);
    }
}
