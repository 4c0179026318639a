package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Some events on their way to the brokers: they are stored together, or may be asked for again together. */
final class PendingAppend {

    private final CompletableFuture<Integer> own = new CompletableFuture<>();
    private final Set<PendingAppend> others = new HashSet<>();
    private int sent;
    private int left = 1;
    private SpoolUnavailable failure;

    synchronized void sent() {
        sent++;
        left++;
    }

    /** Something goes with its events; {@link #written} tells when it is on the brokers. */
    synchronized void waitForWritten() {
        left++;
    }

    /** One of its events is on its way with others; it counts as theirs. */
    synchronized void waitFor(PendingAppend other) {
        if (other != this) {
            others.add(other);
        }
    }

    synchronized boolean isFailed() {
        return failure != null;
    }

    /** One is on the brokers, or failed. */
    void written(SpoolUnavailable failed) {
        boolean isLast;
        synchronized (this) {
            failure = failure == null ? failed : failure;
            isLast = --left == 0;
        }
        if (isLast && failure == null) {
            own.complete(sent);
        } else if (isLast) {
            own.completeExceptionally(failure);
        }
    }

    /** No more come; completes with how many were new. */
    CompletableFuture<Integer> allSent() {
        written(null);
        return others.isEmpty()
                ? own
                : CompletableFuture.allOf(
                                others.stream().map(other -> other.own).toArray(CompletableFuture[]::new))
                        .thenCombine(own, (nothing, count) -> count);
    }
}
