package dev.listrakrelay.spool;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Stands in for a spool that may not be open yet. Until it is open, it accepts and delivers nothing, and says why. */
final class AwaitedSpool implements Spool {

    private final SpoolOpening opening;
    private final int lanes;

    AwaitedSpool(SpoolOpening opening, int lanes) {
        this.opening = opening;
        this.lanes = lanes;
    }

    private <T> T orElse(T absent, Function<Spool, T> of) {
        return opening.now().map(of).orElse(absent);
    }

    private Spool orFail() {
        return opening.now().orElseThrow(opening::unavailable);
    }

    private <T> CompletionStage<T> orFailed(Function<Spool, CompletionStage<T>> of) {
        return opening.now().map(of).orElseGet(() -> CompletableFuture.failedFuture(opening.unavailable()));
    }

    /** Passes the spool on once it is open. */
    void then(Consumer<Spool> use) {
        opening.then(use);
    }

    boolean isOpen() {
        return opening.now().isPresent();
    }

    @Override
    public int lanes() {
        return lanes;
    }

    @Override
    public CompletionStage<Integer> append(List<Event> events) {
        return orFailed(spool -> spool.append(events));
    }

    @Override
    public Optional<Batch> take(int lane, int max, Duration linger, Duration patience) throws InterruptedException {
        return isOpen() || opening.await(patience) ? orFail().take(lane, max, linger, patience) : Optional.empty();
    }

    @Override
    public CompletionStage<Void> settle(int lane, Map<Event, Settlement> settlements, List<SentRequest> requests) {
        return orFailed(spool -> spool.settle(lane, settlements, requests));
    }

    @Override
    public void sending(int lane, List<Long> seqs, Instant now) {
        orFail().sending(lane, seqs, now);
    }

    @Override
    public void sendingEnded(int lane) {
        opening.now().ifPresent(spool -> spool.sendingEnded(lane));
    }

    @Override
    public boolean mayHaveBeenSent(Event event) {
        return orElse(false, spool -> spool.mayHaveBeenSent(event));
    }

    @Override
    public AmbiguousEvents ambiguous() {
        return orFail().ambiguous();
    }

    @Override
    public void release(int lane) {
        opening.now().ifPresent(spool -> spool.release(lane));
    }

    @Override
    public CompletionStage<Void> pause(int lane, Duration duration, int events, String cause) {
        return orFailed(spool -> spool.pause(lane, duration, events, cause));
    }

    @Override
    public boolean isHandedOver(int lane) {
        return orElse(false, spool -> spool.isHandedOver(lane));
    }

    @Override
    public int pauses(int lane) {
        return orElse(0, spool -> spool.pauses(lane));
    }

    @Override
    public long pending() {
        return orElse(0L, Spool::pending);
    }

    @Override
    public Optional<Instant> oldestPending() {
        return opening.now().flatMap(Spool::oldestPending);
    }

    @Override
    public Map<Outcome, Long> tally() {
        return orElse(Map.of(), Spool::tally);
    }

    @Override
    public Map<Outcome, Long> counted() {
        return orElse(Map.of(), Spool::counted);
    }

    @Override
    public void onNewOutcome(Consumer<Outcome> listener) {
        opening.then(spool -> spool.onNewOutcome(listener));
    }

    @Override
    public CompletionStage<Void> probe() {
        return orFailed(Spool::probe);
    }

    @Override
    public List<LaneState> laneStates() {
        return opening.now().map(Spool::laneStates).orElseGet(() -> IntStream.range(0, lanes)
                .mapToObj(lane -> new LaneState(
                        lane, 0, 0, Instant.EPOCH, opening.unavailable().getMessage()))
                .toList());
    }

    @Override
    public EventHistory history() {
        return orFail().history();
    }

    @Override
    public DeadLetters deadLetters() {
        return orFail().deadLetters();
    }

    @Override
    public DeliveryLog deliveryLog() {
        return orElse(DeliveryLog.NONE, Spool::deliveryLog);
    }

    @Override
    public Identities identities() {
        return orFail().identities();
    }

    @Override
    public ErasureCounts forget(String email) {
        return orFail().forget(email);
    }

    @Override
    public boolean isForgotten(Event event) {
        return orElse(false, spool -> spool.isForgotten(event));
    }

    @Override
    public void close() {
        opening.close();
    }
}
