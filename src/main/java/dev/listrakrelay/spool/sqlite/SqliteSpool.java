package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.AmbiguousEvents;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.DeadLetters;
import dev.listrakrelay.spool.DeliveryLog;
import dev.listrakrelay.spool.ErasureCounts;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.EventHistory;
import dev.listrakrelay.spool.HeldCounts;
import dev.listrakrelay.spool.Identities;
import dev.listrakrelay.spool.LaneState;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.SpoolRoom;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.TallyCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Stores a spool in one SQLite file. One thread writes with group commits, and lanes read committed events. */
public final class SqliteSpool implements Spool {

    private final Clock clock;
    private final SqliteDatabase database;
    private final List<Lane> lanes;
    private final SpoolTables tables;
    private final GroupCommit commits;
    private final Checkpoints checkpoints;
    private final DueEventReader reader;
    private final SpoolCapacity capacity;
    private final CorruptionState corruption;
    private final ReplayTask replay;
    private final HeldEvents held;
    private final DeadLetters deadLetters;
    private final EventHistory history;
    private final Identities identities;
    private final AmbiguousEvents ambiguous;
    private final InFlightFile inFlight;
    /** The seqs of the events that an earlier process may have sent. */
    private final Set<Long> sentBefore;

    private final SqliteErasure erasure;
    private final DeliveryLog deliveryLog;

    /**
     * Opens the spool. It creates the file if there is none.
     *
     * @param dir an existing folder
     * @param name name of the file, {@code <name>.db}
     * @param laneCount number of lanes, 1 or more; if it has changed, pending events move to their new lanes
     * @throws SpoolUnavailable if the file can't be opened
     */
    public SqliteSpool(Path dir, String name, int laneCount, Clock clock, SpoolLimits limits) {
        this.clock = clock;
        try {
            database = new SqliteDatabase(dir, name);
            SpoolConnection writer = database.writer();
            SpoolConnection archive = database.reader();
            SpoolConnection logReader = limits.log().isPresent() ? database.reader() : archive;
            corruption = new CorruptionState(database.file());
            tables = SpoolTables.of(name, writer, limits);
            SpoolRecovery recovered = SpoolRecovery.of(
                    dir.resolve(name + InFlightFile.ENDING), name, writer, tables, laneCount, clock.instant());
            inFlight = recovered.inFlight();
            sentBefore = recovered.sentBefore();
            lanes = recovered.lanes();
            reader = new DueEventReader(database.reader(), tables.forgotten());
            capacity = new SpoolCapacity(
                    limits.maxBytes(), limits.minFree(), reader::bytes, reader::reusableBytes, database::freeOnDisk);
            checkpoints = new Checkpoints(database.checkpointer(), name, database.log());
            FileRewrite rewrite = new FileRewrite(database.file());
            commits = new GroupCommit(name, writer);
            replay = new ReplayTask(commits, tables, lanes, clock, limits);
            held = new HeldEvents(commits, tables, lanes, clock, limits.hold());
            history = new SqliteHistory(archive);
            ambiguous = new SqliteAmbiguous(archive, tables.ambiguous());
            identities = new SqliteIdentities(archive, limits.identities(), clock);
            deadLetters = new SqliteDeadLetters(archive, replay);
            deliveryLog = new SqliteDeliveryLog(logReader, commits, tables.deliveryLog());
            erasure = new SqliteErasure(writer, commits, tables, replay, rewrite, archive);
            RetentionJob retention = new RetentionJob(clock, limits, tables, capacity);
            commits.start(new SpoolMaintenance(
                    writer, tables, retention, replay, held, checkpoints, rewrite, capacity, corruption, clock));
            held.releaseDue();
        } catch (IOException | SQLException e) {
            throw new SpoolUnavailable("spool.dir: can't open " + dir.resolve(name + ".db") + ", " + e.getMessage(), e);
        }
    }

    @Override
    public int lanes() {
        return lanes.size();
    }

    @Override
    public CompletionStage<Integer> append(List<Event> incoming) {
        Optional<SpoolUnavailable> refused = refusal();
        if (refused.isPresent()) {
            return CompletableFuture.failedFuture(refused.get());
        }
        AppendTask append = new AppendTask(incoming, lanes, tables, held, replay, clock);
        return commits.submit(append::write, append::written);
    }

    /** Says why the spool accepts no events; empty if it accepts them. */
    private Optional<SpoolUnavailable> refusal() {
        return corruption.found().or(capacity::shortage);
    }

    @Override
    public Optional<Batch> take(int lane, int max, Duration linger, Duration patience) throws InterruptedException {
        inFlight.batch(max);
        return new BatchTaker(this, reader, corruption, clock).take(lanes.get(lane), max, linger, patience);
    }

    @Override
    public void sending(int lane, List<Long> seqs, Instant now) {
        inFlight.sending(lane, seqs, now);
    }

    @Override
    public boolean mayHaveBeenSent(Event event) {
        return sentBefore.contains(event.seq());
    }

    @Override
    public void sendingEnded(int lane) {
        inFlight.ended(lane);
    }

    @Override
    public CompletionStage<Void> settle(int lane, Map<Event, Settlement> settlements, List<SentRequest> requests) {
        SettleTask settle = new SettleTask(lanes.get(lane), settlements, requests, tables, replay, clock);
        return commits.submit(settle::write, nothing -> settle.written());
    }

    @Override
    public void release(int lane) {
        lanes.get(lane).release();
    }

    @Override
    public CompletionStage<Void> pause(int lane, Duration duration, int retried, String cause) {
        Lane paused = lanes.get(lane);
        Instant until = clock.instant().plus(duration);
        List<Long> failed = paused.ledger().out();
        Map<Outcome, Long> counts = TallyCounts.retried(retried);
        paused.pause(until, cause);
        return commits.submit(
                () -> {
                    tables.events().pause(lane, until, paused.pauses());
                    tables.history().note(Settlement.Retry.OUTCOME, cause, failed, clock.millis());
                    tables.tally().write(counts);
                    return null;
                },
                nothing -> tables.tally().committed(counts));
    }

    @Override
    public int pauses(int lane) {
        return lanes.get(lane).pauses();
    }

    @Override
    public long pending() {
        return lanes.stream().mapToLong(Lane::pending).sum() + held.counts().events();
    }

    @Override
    public HeldCounts held() {
        return held.counts();
    }

    @Override
    public Optional<Instant> oldestPending() {
        return reader.oldest();
    }

    @Override
    public Map<Outcome, Long> tally() {
        return tables.tally().committed();
    }

    @Override
    public void onNewOutcome(Consumer<Outcome> listener) {
        tables.tally().onNew(listener);
    }

    @Override
    public CompletionStage<Void> probe() {
        Optional<SpoolUnavailable> refused = refusal();
        if (refused.isPresent()) {
            return CompletableFuture.failedFuture(refused.get());
        }
        return commits.submit(tables.events()::probe, rows -> {}).thenApply(rows -> null);
    }

    @Override
    public Optional<SpoolRoom> room() {
        return capacity.measured();
    }

    @Override
    public List<LaneState> laneStates() {
        return lanes.stream().map(Lane::state).toList();
    }

    @Override
    public EventHistory history() {
        return history;
    }

    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    @Override
    public AmbiguousEvents ambiguous() {
        return ambiguous;
    }

    @Override
    public DeliveryLog deliveryLog() {
        return deliveryLog;
    }

    @Override
    public Identities identities() {
        return identities;
    }

    @Override
    public ErasureCounts forget(String email) {
        return erasure.forget(email);
    }

    @Override
    public boolean isForgotten(Event event) {
        return tables.forgotten().contains(event.seq());
    }

    @Override
    public void close() {
        commits.close();
        checkpoints.close();
        database.close();
        inFlight.close();
    }
}
