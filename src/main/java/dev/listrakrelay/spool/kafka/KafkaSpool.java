package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.AmbiguousEvents;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.DeadLetters;
import dev.listrakrelay.spool.DeliveryLog;
import dev.listrakrelay.spool.ErasureCounts;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.EventHistory;
import dev.listrakrelay.spool.Identities;
import dev.listrakrelay.spool.KafkaSpoolConfig;
import dev.listrakrelay.spool.LaneLost;
import dev.listrakrelay.spool.LaneState;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Stores a spool in topics of a Kafka cluster. Any process appends to any lane, and delivers the lanes that the
 * consumer group assigns to it. Counts and states cover all lanes; the age of the oldest event covers the assigned
 * ones.
 */
public final class KafkaSpool implements Spool {

    private static final long LOOK_FOR_OLDEST = TimeUnit.SECONDS.toNanos(2);

    private final Lanes lanes;
    private final Clock clock;
    private final KafkaSpoolWiring parts;
    private volatile boolean isClosed;

    KafkaSpool(SpoolTopics topics, KafkaSpoolConfig config, SpoolLimits limits, Clock clock) {
        this.clock = clock;
        this.lanes = new Lanes(topics.lanes());
        this.parts = new KafkaSpoolWiring(this, lanes, topics, config, limits, clock);
    }

    @Override
    public int lanes() {
        return lanes.count();
    }

    @Override
    public CompletionStage<Integer> append(List<Event> events) {
        return isClosed ? CompletableFuture.failedFuture(closed()) : parts.appends.append(events);
    }

    @Override
    public Optional<Batch> take(int lane, int max, Duration linger, Duration patience) throws InterruptedException {
        return parts.taking.take(lane, max, linger, patience);
    }

    @Override
    public CompletionStage<Void> settle(int lane, Map<Event, Settlement> settlements, List<SentRequest> requests) {
        if (isClosed) {
            return CompletableFuture.failedFuture(closed());
        }
        Optional<AssignedLane> assigned = lanes.get(lane);
        return assigned.isEmpty() || lanes.isOutOfFormer(lane)
                ? CompletableFuture.failedFuture(
                        new LaneLost("spool: lane " + lane + " was assigned to another process with a batch in flight"))
                : parts.settling.settle(assigned.get(), settlements, requests);
    }

    @Override
    public void release(int lane) {
        lanes.released(lane);
        lanes.get(lane).ifPresent(AssignedLane::release);
    }

    @Override
    public CompletionStage<Void> pause(int lane, Duration duration, int events, String cause) {
        Optional<AssignedLane> assigned = lanes.get(lane);
        if (isClosed || assigned.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        assigned.get().lane().pause(clock.instant().plus(duration), cause);
        return parts.settling.pause(assigned.get(), events, cause);
    }

    @Override
    public boolean isHandedOver(int lane) {
        return lanes.isOutOfFormer(lane)
                || lanes.get(lane).map(assigned -> assigned.lane().isStopped()).orElse(true);
    }

    @Override
    public int pauses(int lane) {
        return parts.views.state(lane).pauses();
    }

    @Override
    public long pending() {
        return parts.views.seen().mapToLong(LaneView::pending).sum();
    }

    @Override
    public Optional<Instant> oldestPending() {
        long deadline = System.nanoTime() + LOOK_FOR_OLDEST;
        return lanes.all().flatMap(lane -> lane.oldest(deadline).stream()).min(Instant::compareTo);
    }

    @Override
    public Map<Outcome, Long> tally() {
        return parts.tally.all();
    }

    @Override
    public Map<Outcome, Long> counted() {
        return parts.tally.ofThisProcess();
    }

    @Override
    public void onNewOutcome(Consumer<Outcome> listener) {
        parts.tally.onNew(listener);
    }

    @Override
    public CompletionStage<Void> probe() {
        return isClosed ? CompletableFuture.failedFuture(closed()) : parts.probe();
    }

    @Override
    public List<LaneState> laneStates() {
        return IntStream.range(0, lanes()).mapToObj(parts.views::state).toList();
    }

    @Override
    public EventHistory history() {
        return parts.history;
    }

    @Override
    public DeadLetters deadLetters() {
        return parts.deadLetters;
    }

    @Override
    public AmbiguousEvents ambiguous() {
        return parts.ambiguous;
    }

    @Override
    public DeliveryLog deliveryLog() {
        return parts.deliveryLog;
    }

    @Override
    public Identities identities() {
        return parts.identities;
    }

    @Override
    public ErasureCounts forget(String email) {
        return parts.erasure.forget(email);
    }

    @Override
    public boolean isForgotten(Event event) {
        return parts.letters.isForgotten(event.seq());
    }

    /** The lanes that are assigned to this process. */
    List<Integer> assignedLanes() {
        return lanes.all().map(AssignedLane::number).toList();
    }

    /** Deletes settled events now. Otherwise, this happens every 30 seconds. */
    void deleteSettled() {
        parts.maintenance.deleteSettled();
    }

    @Override
    public void close() {
        isClosed = true;
        parts.close();
    }

    private static SpoolUnavailable closed() {
        return new SpoolUnavailable("spool: closed", null);
    }
}
