package dev.listrakrelay.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A number of requests that the callers share, and their answers. All callers use it on one event loop. */
final class Load {
    /** The status that is counted for a request whose connection was closed. */
    static final int NO_ANSWER = 0;

    static final int ACCEPTED = 200;

    /** A rate: each connection posts as soon as it has its answer. */
    static final int AS_ANSWERED = 0;

    /** With a rate, latencies from the first seconds don't count: connections are opened, and the generator is compiled. */
    private static final long SETTLING_IN_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Requests requests;
    private final long total;
    private final int rate;
    private final Histogram micros = new Histogram();
    private final CompletableFuture<Load> done = new CompletableFuture<>();
    private final long startMillis = System.currentTimeMillis();
    private final long startNanos = System.nanoTime();
    private long taken;
    private long answered;
    private long refused;
    private int lastRefusal;
    private long nanos;

    Load(Requests requests, long total) {
        this(requests, total, AS_ANSWERED);
    }

    /** @param rate requests per second, or {@link #AS_ANSWERED} */
    Load(Requests requests, long total, int rate) {
        this.requests = requests;
        this.total = total;
        this.rate = rate;
    }

    /** When the next request is due, by {@link System#nanoTime()}. Its latency counts from then, however late it is posted. */
    long nextDueNanos() {
        return rate == AS_ANSWERED ? System.nanoTime() : startNanos + TimeUnit.SECONDS.toNanos(taken) / rate;
    }

    boolean hasMore() {
        return taken < total;
    }

    /** The next request's bytes, valid until the next call; null if the load is used up. */
    byte[] next() {
        if (!hasMore()) {
            return null;
        }
        taken++;
        return requests.next();
    }

    /** The next event's bytes, for a sender that sends events without HTTP requests. */
    byte[] nextEvent() {
        taken++;
        return requests.nextEvent();
    }

    /** Counts one answer by its status. A refused request is not posted again. */
    void answered(int status, long latencyNanos) {
        long dueAfter = System.nanoTime() - latencyNanos - startNanos;
        if (rate == AS_ANSWERED || dueAfter > SETTLING_IN_NANOS) {
            micros.record(latencyNanos / 1_000);
        }
        if (status != ACCEPTED) {
            refused++;
            lastRefusal = status;
        }
        if (++answered == total) {
            nanos = System.nanoTime() - startNanos;
            done.complete(this);
        }
    }

    void fail(Throwable cause) {
        done.completeExceptionally(cause);
    }

    /** Waits for the last answer. */
    Load await(long seconds) throws InterruptedException, ExecutionException, TimeoutException {
        return done.get(seconds, TimeUnit.SECONDS);
    }

    /** Requests answered by 200. */
    long accepted() {
        return answered - refused;
    }

    /** Requests answered by another status, or not at all. */
    long refused() {
        return refused;
    }

    /** The status of the last request that was refused. */
    int lastRefusal() {
        return lastRefusal;
    }

    /** Seconds from the first post to the last answer. */
    double seconds() {
        return nanos / 1e9;
    }

    long startMillis() {
        return startMillis;
    }

    Histogram micros() {
        return micros;
    }
}
