package dev.listrakrelay.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests to each destination by the status of the answer; requests without a complete answer count apart. */
public final class RequestCounts {

    /** All requests that this process sent. */
    public static final RequestCounts OF_THIS_PROCESS = new RequestCounts();

    private static final int MOST_KINDS = 1_000;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /** @param status the status of the answer; 0 without a complete answer */
    void count(String destination, int status) {
        String kind = destination + " " + (status == 0 ? "no answer" : status);
        LongAdder counter = counts.get(kind);
        if (counter == null && counts.size() < MOST_KINDS) {
            counter = counts.computeIfAbsent(kind, first -> new LongAdder());
        }
        if (counter != null) {
            counter.increment();
        }
    }

    /** Returns the count of each kind, such as {@code listrak 200}, since the last call, and resets the counts. */
    public Map<String, Long> take() {
        Map<String, Long> taken = new HashMap<>();
        counts.forEach((kind, counter) -> {
            long requests = counter.sumThenReset();
            if (requests > 0) {
                taken.put(kind, requests);
            }
        });
        return taken;
    }
}
