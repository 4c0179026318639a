package dev.listrakrelay.spool;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A spool in an empty folder, a test clock, and short methods for both. */
abstract class SpoolFixture {

    static final Settlement DELIVERED = new Settlement.Delivered();
    static final int PLENTY = 1_000;

    /** Opens a spool in a folder, which is empty or has the data of an earlier call. */
    interface Engine {
        Spool open(Path dir, int lanes, Clock clock);
    }

    @TempDir
    Path dir;

    final TestClock clock = new TestClock();
    private final Engine engine;
    private final AtomicLong appended = new AtomicLong();
    Spool spool;

    SpoolFixture(Engine engine) {
        this.engine = engine;
    }

    void open(int lanes) {
        spool = engine.open(dir, lanes, clock);
    }

    void openWith(Clock other) {
        spool = engine.open(dir, 1, other);
    }

    void reopen(int lanes) {
        spool.close();
        open(lanes);
    }

    @AfterEach
    void close() {
        if (spool != null) {
            spool.close();
        }
    }

    Event event(String contact, String id) {
        return event(contact, id, "rest");
    }

    Event event(String contact, String id, String source) {
        byte[] raw = ("{\"messageId\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
        return new Event(0, id, source, "track", "Order Completed", contact, clock.instant(), raw);
    }

    int append(Event... events) {
        int stored = spool.append(List.of(events)).toCompletableFuture().join();
        appended.addAndGet(stored);
        return stored;
    }

    /** How many events the spool accepted, as the appends answered. */
    long appended() {
        return appended.get();
    }

    int append(String contact, String... ids) {
        return append(Arrays.stream(ids).map(id -> event(contact, id)).toArray(Event[]::new));
    }

    Optional<Batch> take(int lane, int max) {
        return Batches.take(spool, lane, max);
    }

    /** Takes the next batch of lane 0; fails if there is none. */
    Batch take() {
        return take(0, PLENTY).orElseThrow();
    }

    /** Delivers all due events. Returns their messageIds in the order in which they were handed out, lane by lane. */
    List<String> deliverAll() {
        List<String> ids = new ArrayList<>();
        for (int lane = 0; lane < spool.lanes(); lane++) {
            // tries several times, because a lane may first skip events that wait for an earlier one
            for (int idle = 0; idle < 20; idle++) {
                Optional<Batch> next = take(lane, PLENTY);
                if (next.isPresent()) {
                    ids.addAll(ids(next.get()));
                    settle(next.get(), DELIVERED, ids(next.get()).toArray(String[]::new));
                    spool.release(lane);
                    idle = 0;
                }
            }
        }
        return ids;
    }

    static List<String> ids(Batch batch) {
        return events(batch).stream().map(Event::messageId).toList();
    }

    static List<Event> events(Batch batch) {
        return StreamSupport.stream(batch.spliterator(), false).toList();
    }

    /** Settles the batch's events with these ids, and leaves the others unsettled. */
    void settle(Batch batch, Settlement settlement, String... ids) {
        Set<String> chosen = new HashSet<>(List.of(ids));
        batch.forEach(event -> {
            if (chosen.contains(event.messageId())) {
                batch.mark(event, settlement);
            }
        });
        batch.commit();
    }

    Settlement.Retry retryIn(Duration wait) {
        return new Settlement.Retry(clock.instant().plus(wait), "429 slow down");
    }

    /** The tally of this outcome and reason. */
    long count(String outcome, String reason) {
        return spool.tally().getOrDefault(new Spool.Outcome(outcome, reason), 0L);
    }

    /** The tally of this outcome, for all reasons. */
    long count(String outcome) {
        return spool.tally().entrySet().stream()
                .filter(line -> line.getKey().name().equals(outcome))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
