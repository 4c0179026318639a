package dev.listrakrelay.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** Counts the requests to each destination by the status that came back, or that no whole answer came. */
@ApplicationScoped
public class RequestCounts {

    private static final String NO_ANSWER = "no answer";
    private static final int MOST_KINDS = 1_000;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /** What the request that this thread is about to send goes to, where its client serves several. */
    private final ThreadLocal<String> next = new ThreadLocal<>();

    /** The next request of this thread goes there. */
    public void sending(String destination) {
        next.set(destination);
    }

    /** A step of an HTTP client that counts what another makes of the requests that {@link #sending} announced. */
    public ExecChainHandler counting(ExecChainHandler step) {
        return (request, scope, chain) -> {
            String destination = next.get();
            next.remove();
            return destination == null
                    ? step.execute(request, scope, chain)
                    : counting(destination, step).execute(request, scope, chain);
        };
    }

    /** A step that counts what another makes of requests to a destination. */
    public ExecChainHandler counting(String destination, ExecChainHandler step) {
        return (request, scope, chain) -> {
            try {
                ClassicHttpResponse response = step.execute(request, scope, chain);
                count(destination, String.valueOf(response.getCode()));
                return response;
            } catch (DeliveryFailure noAnswer) {
                count(destination, NO_ANSWER);
                throw noAnswer;
            }
        };
    }

    private void count(String destination, String answer) {
        String kind = destination + " " + answer;
        LongAdder sum = counts.get(kind);
        if (sum == null && counts.size() < MOST_KINDS) {
            sum = counts.computeIfAbsent(kind, first -> new LongAdder());
        }
        if (sum != null) {
            sum.increment();
        }
    }

    /** How many of each kind, such as {@code listrak 200}, there were since the last call. */
    public Map<String, Long> take() {
        Map<String, Long> taken = new HashMap<>();
        counts.forEach((kind, sum) -> {
            long events = sum.sumThenReset();
            if (events > 0) {
                taken.put(kind, events);
            }
        });
        return taken;
    }
}
