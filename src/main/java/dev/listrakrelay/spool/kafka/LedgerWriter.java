package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.LaneLost;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes the ledger of a lane for one owner. As long as its records follow each other without a gap, no one else can have
 * taken the lane over; where there is one, it looks, and what was written after a newer owner's epoch fails.
 */
final class LedgerWriter {

    private static final byte[] NOTHING = {};

    private final Producer<byte[], byte[]> producer;
    private final PartitionReader reader;
    private final Executor background;
    private final TopicPartition partition;
    private final long epoch;
    private final long owner;
    private final Object sending = new Object();
    private long number;
    private long last;
    private CompletableFuture<Void> verified = CompletableFuture.completedFuture(null);
    private final AtomicBoolean isUnsure = new AtomicBoolean();

    /** @param begun the offset of the owner's epoch */
    LedgerWriter(
            Producer<byte[], byte[]> producer,
            PartitionReader reader,
            Executor background,
            TopicPartition partition,
            LedgerKey epoch,
            long begun) {
        this.producer = producer;
        this.reader = reader;
        this.background = background;
        this.partition = partition;
        this.epoch = epoch.epoch();
        this.owner = epoch.owner();
        this.last = begun;
    }

    /** Whether it is unknown what was written since; a whole entry makes up for that. Asking for it takes it as told. */
    boolean isUnsure() {
        return isUnsure.getAndSet(false);
    }

    /** Completes with its offset once it is written, and the lane still is its owner's. */
    CompletableFuture<Long> write(LedgerEntry entry) {
        return write(LedgerKey.Kind.ENTRY, entry.written());
    }

    CompletableFuture<Long> probe() {
        return write(LedgerKey.Kind.PROBE, NOTHING);
    }

    private CompletableFuture<Long> write(LedgerKey.Kind kind, byte[] value) {
        CompletableFuture<Long> written = new CompletableFuture<>();
        // in the order of their numbers; whoever acknowledges one must not have to wait for that
        synchronized (sending) {
            byte[] key = new LedgerKey(kind, epoch, owner, number++).written();
            try {
                producer.send(
                        new ProducerRecord<>(partition.topic(), partition.partition(), key, value),
                        (metadata, failure) -> acknowledged(metadata, failure, written));
            } catch (KafkaException | IllegalStateException e) {
                failed(e, written);
            }
        }
        return written;
    }

    private void acknowledged(RecordMetadata metadata, Exception failure, CompletableFuture<Long> written) {
        if (failure != null) {
            failed(failure, written);
            return;
        }
        CompletableFuture<Void> sure;
        synchronized (this) {
            long before = last;
            last = metadata.offset();
            try {
                sure = last == before + 1 ? verified : looked(before, metadata.offset());
            } catch (RejectedExecutionException closed) {
                failed(closed, written);
                sure = verified;
            }
        }
        sure.whenComplete((nothing, lost) -> {
            if (lost == null) {
                written.complete(metadata.offset());
            } else {
                written.completeExceptionally(lost.getCause() == null ? lost : lost.getCause());
            }
        });
    }

    private CompletableFuture<Void> looked(long before, long to) {
        CompletableFuture<Void> earlier = verified;
        CompletableFuture<Void> looked = new CompletableFuture<>();
        // first, for it may fail at once, and then the next record looks again
        verified = looked;
        earlier.thenRunAsync(() -> look(before + 1, to), background).whenComplete((nothing, unread) -> {
            lookAgainLater(unread, before);
            if (unread == null) {
                looked.complete(null);
            } else {
                looked.completeExceptionally(unread);
            }
        });
        return looked;
    }

    private void failed(Exception failure, CompletableFuture<Long> written) {
        isUnsure.set(true);
        written.completeExceptionally(
                new SpoolUnavailable("spool: " + partition + " can't be written, " + failure.getMessage(), failure));
    }

    /** Where it could not be looked at what others wrote, the next record makes it look again. */
    private synchronized void lookAgainLater(Throwable unread, long before) {
        if (unread != null && !(unread.getCause() instanceof LaneLost)) {
            verified = CompletableFuture.completedFuture(null);
            last = before;
            isUnsure.set(true);
        }
    }

    private void look(long from, long to) {
        reader.read(partition, from, to, other -> {
            LedgerKey by = LedgerKey.read(other.key());
            if (by.kind() == LedgerKey.Kind.EPOCH && by.epoch() > epoch) {
                throw new LaneLost("spool: " + partition + " was taken over by another process");
            }
        });
    }
}
