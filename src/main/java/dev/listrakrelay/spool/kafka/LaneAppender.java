package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.lane.EventId;
import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.ReplayShare;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
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

    /** The append of each event that is sent and not acknowledged. */
    private final Map<EventId, PendingAppend> inFlight = new ConcurrentHashMap<>();

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

    /** Appends events. Completes with the number of new ones when they are on disk. */
    CompletableFuture<Integer> append(List<Event> events) {
        PendingAppend appending = new PendingAppend();
        long now = clock.millis();
        for (Event event : events) {
            if (appending.isFailed()) {
                break;
            }
            EventId id = EventId.of(event);
            PendingAppend other = inFlight.putIfAbsent(id, appending);
            if (other != null) {
                appending.waitFor(other);
            } else if (lanes.know(id, now)) {
                inFlight.remove(id, appending);
            } else {
                append(identities.resolve(event, now, appending), id, now, appending);
            }
        }
        return appending.allSent();
    }

    private void append(Event event, EventId id, long now, PendingAppend appending) {
        int lane = Lane.of(event.contact(), topics.lanes());
        appending.sent();
        send(EventRecord.of(event, topics.events(), lane, now), (written, failure) -> {
            if (failure == null) {
                lanes.get(lane).ifPresentOrElse(ours -> ours.appended(id, now, written.offset()), () -> share.live(1));
                tally.accepted();
            }
            inFlight.remove(id, appending);
            appending.written(failure);
        });
    }

    /**
     * Appends the event of a dead letter again. Completes with its seq. The lane skips a second copy, because it has
     * the same id.
     */
    CompletableFuture<Long> replay(Event event, EventRecord.Replay replay) {
        CompletableFuture<Long> written = new CompletableFuture<>();
        int lane = Lane.of(event.contact(), topics.lanes());
        send(EventRecord.of(replay, event, topics.events(), lane, clock.millis()), (metadata, failure) -> {
            if (failure == null) {
                lanes.get(lane).ifPresent(ours -> ours.replayed(replay, metadata.offset()));
                written.complete(topics.seq(lane, metadata.offset()));
            } else {
                written.completeExceptionally(failure);
            }
        });
        return written;
    }

    private void send(ProducerRecord<byte[], byte[]> event, BiConsumer<RecordMetadata, SpoolUnavailable> then) {
        writer.write(event, (metadata, failure) -> {
            logChange(failure);
            then.accept(metadata, failure);
        });
    }

    /** Logs once that events can't be stored, and once that they can again. */
    private void logChange(Exception failure) {
        if (failure != null && isWarned.compareAndSet(false, true)) {
            LOG.warnf(
                    "%s: no events are accepted until events can be written, %s",
                    topics.events(), failure.getMessage());
        } else if (failure == null && isWarned.get() && isWarned.compareAndSet(true, false)) {
            LOG.infof("%s: events can be written again", topics.events());
        }
    }
}
