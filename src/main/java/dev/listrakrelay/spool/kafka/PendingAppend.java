package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Completes an append when all its records are on disk. If one record fails, the whole append fails, and its caller may
 * repeat it.
 */
final class PendingAppend {

    private final CompletableFuture<Integer> own = new CompletableFuture<>();
    private final Set<PendingAppend> others = new HashSet<>();
    private int sent;
    private int left = 1;
    private SpoolUnavailable failure;

    /** Counts an event that is sent. {@link #written} must follow. */
    synchronized void sent() {
        sent++;
        left++;
    }

    /** Counts a record that is sent and is no event. {@link #written} must follow. */
    synchronized void waitForWritten() {
        left++;
    }

    /** Waits for another append, too, which sends one of these events. The event counts as new there only. */
    synchronized void waitFor(PendingAppend other) {
        if (other != this) {
            others.add(other);
        }
    }

    synchronized boolean isFailed() {
        return failure != null;
    }

    /**
     * Notes that a record is on disk, or failed.
     *
     * @param failed the failure; null if the record is on disk
     */
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

    /** Call it when all records are sent. Completes with the number of events that this append sent. */
    CompletableFuture<Integer> allSent() {
        written(null);
        return others.isEmpty()
                ? own
                : CompletableFuture.allOf(
                                others.stream().map(other -> other.own).toArray(CompletableFuture[]::new))
                        .thenCombine(own, (nothing, count) -> count);
    }
}
