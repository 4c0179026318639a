package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.lane.EventId;
import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.ReplayShare;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jboss.logging.Logger;

/**
 * Appends events to their lanes, whichever process delivers a lane. It skips events that it knows to be stored already.
 */
final class LaneAppender {

    private static final Logger LOG = Logger.getLogger(LaneAppender.class);

    private final SpoolTopics topics;
    private final RecordWriter writer;
    private final Lanes lanes;
    private final KafkaIdentities identities;
    private final KafkaTally tally;
    private final ReplayShare share;
    private final Clock clock;

    /** The write of each event that is sent and not acknowledged. */
    private final Map<EventId, CompletableFuture<Void>> inFlight = new ConcurrentHashMap<>();

    private final AtomicBoolean isWarned = new AtomicBoolean();

    LaneAppender(
            SpoolTopics topics,
            RecordWriter writer,
            Lanes lanes,
            KafkaIdentities identities,
            KafkaTally tally,
            ReplayShare share,
            Clock clock) {
        this.topics = topics;
        this.writer = writer;
        this.lanes = lanes;
        this.identities = identities;
        this.tally = tally;
        this.share = share;
        this.clock = clock;
    }

    /**
     * Appends events. Completes with the number of new ones when all are on disk. If one of them fails, the whole
     * append fails, and its caller may repeat it.
     */
    CompletableFuture<Integer> append(List<Event> events) {
        List<CompletableFuture<?>> writes = new ArrayList<>();
        long now = clock.millis();
        int sent = 0;
        for (Event event : events) {
            EventId id = EventId.of(event);
            CompletableFuture<Void> own = new CompletableFuture<>();
            CompletableFuture<Void> other = inFlight.putIfAbsent(id, own);
            if (other != null) {
                // it counts as new only where it was sent first
                writes.add(other);
            } else if (lanes.know(id, now)) {
                inFlight.remove(id);
                own.complete(null);
            } else {
                append(identities.resolve(event, now, writes), id, now, own);
                writes.add(own);
                sent++;
                if (own.isCompletedExceptionally()) {
                    break;
                }
            }
        }
        int all = sent;
        return CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).thenApply(nothing -> all);
    }

    private void append(Event event, EventId id, long now, CompletableFuture<Void> own) {
        int lane = Lane.of(event.contact(), topics.lanes());
        send(EventRecord.of(event, topics.events(), lane, now)).whenComplete((written, failure) -> {
            if (failure == null) {
                lanes.get(lane).ifPresentOrElse(ours -> ours.appended(id, now, written.offset()), () -> share.live(1));
                tally.accepted();
            }
            inFlight.remove(id);
            if (failure == null) {
                own.complete(null);
            } else {
                own.completeExceptionally(failure);
            }
        });
    }

    /**
     * Appends the event of a dead letter again. Completes with its seq. The lane skips a second copy, because it has
     * the same id.
     */
    CompletableFuture<Long> replay(DeadLetter letter) {
        Event event = letter.event();
        EventRecord.Replay replay = new EventRecord.Replay(event.seq(), letter.reason());
        int lane = Lane.of(event.contact(), topics.lanes());
        return send(EventRecord.of(replay, event, topics.events(), lane, clock.millis()))
                .thenApply(written -> {
                    lanes.get(lane).ifPresent(ours -> ours.replayed(replay, written.offset()));
                    return topics.seq(lane, written.offset());
                });
    }

    private CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> event) {
        CompletableFuture<RecordMetadata> written = writer.write(event);
        written.whenComplete((metadata, failure) -> logChange(failure));
        return written;
    }

    /** Logs once that events can't be stored, and once that they can again. */
    private void logChange(Throwable failure) {
        if (failure != null && isWarned.compareAndSet(false, true)) {
            LOG.warnf(
                    "%s: no events are accepted until events can be written, %s",
                    topics.events(), failure.getMessage());
        } else if (failure == null && isWarned.get() && isWarned.compareAndSet(true, false)) {
            LOG.infof("%s: events can be written again", topics.events());
        }
    }
}
