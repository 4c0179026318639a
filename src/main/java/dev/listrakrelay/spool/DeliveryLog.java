package dev.listrakrelay.spool;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Hands out the records of settled events that are not sent yet, in the order of their outcomes. The spool writes a
 * record together with the outcome. It keeps the record until {@link #remove}, also across restarts.
 */
public interface DeliveryLog {

    /** The log of a spool that keeps no records. */
    DeliveryLog NONE = new DeliveryLog() {};

    /**
     * A record that is not sent yet.
     *
     * @param id number of the record in its spool, ascending
     * @param json the record, as a JSON object in one line
     */
    record UnsentRecord(long id, String json) {}

    /** The first records, at most {@code max}. Until they are removed, the next call returns them again. */
    default List<UnsentRecord> next(int max) {
        return List.of();
    }

    /** Removes records that were sent. Completes when that is on disk. */
    default CompletionStage<Void> remove(List<UnsentRecord> sent) {
        return CompletableFuture.completedFuture(null);
    }

    /** The number of records that are not sent yet. */
    default long unsent() {
        return 0;
    }

    /** When the first of these events was settled; empty if all records are sent. */
    default Optional<Instant> oldestUnsent() {
        return Optional.empty();
    }

    /** The number of records that this process sent. */
    default long sent() {
        return 0;
    }

    /** The number of records that this process removed before they were sent, because there were too many. */
    default long lost() {
        return 0;
    }
}
