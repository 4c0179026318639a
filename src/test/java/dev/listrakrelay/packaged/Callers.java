package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Posts events over several connections at once, in batches and singles. Each connection has its own contacts and posts
 * their events one after the other, so tests can check the order of accepted events.
 */
final class Callers implements AutoCloseable {

    private static final int CONTACTS_OF_A_CALLER = 5;
    private static final int LARGEST_BATCH = 20;

    private final List<PackagedRelay> relays;
    private final int callers;
    private final ExecutorService threads;
    private final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final List<CompletableFuture<Void>> running = new ArrayList<>();
    private volatile boolean stopped;
    private Duration pause = Duration.ZERO;

    Callers(PackagedRelay relay, int callers) {
        this(List.of(relay), callers);
    }

    /** @param relays the relays to post to by turns, as a load balancer does; a test may change the list meanwhile */
    Callers(List<PackagedRelay> relays, int callers) {
        this.relays = relays;
        this.callers = callers;
        this.threads = Executors.newFixedThreadPool(callers);
    }

    /** Makes each connection wait this long before each request. */
    Callers pausing(Duration length) {
        pause = length;
        return this;
    }

    /**
     * Starts posting this many events in total. A request without an answer is posted again until it is acknowledged.
     */
    Callers post(int events, long seed) {
        return start(seed, next -> events / callers - next);
    }

    /** Starts posting events until {@link #stop}. */
    Callers postUntilStopped(long seed) {
        return start(seed, next -> stopped ? 0 : LARGEST_BATCH);
    }

    void stop() {
        stopped = true;
    }

    private Callers start(long seed, IntUnaryOperator left) {
        for (int caller = 0; caller < callers; caller++) {
            int number = caller;
            running.add(CompletableFuture.runAsync(() -> postEvents(number, left, new Random(seed + number)), threads));
        }
        return this;
    }

    /** @param left how many more events a caller may post, given how many it has posted */
    private void postEvents(int caller, IntUnaryOperator left, Random random) {
        int next = 0;
        for (int most = left.applyAsInt(0); most > 0; most = left.applyAsInt(next)) {
            int size = random.nextBoolean() ? 1 : Math.min(1 + random.nextInt(LARGEST_BATCH), most);
            int from = next;
            List<String> ids = IntStream.range(from, from + size)
                    .mapToObj(i -> id(caller, i))
                    .toList();
            postUntilAcknowledged(ids, caller + from);
            acknowledged.addAll(ids);
            count.addAndGet(size);
            next += size;
        }
    }

    private void postUntilAcknowledged(List<String> ids, int turn) {
        String call = ids.size() == 1 ? "track" : "batch";
        String events = ids.stream().map(Callers::event).collect(Collectors.joining(","));
        String body = ids.size() == 1 ? events : "{\"batch\":[" + events + "]}";
        AtomicInteger tries = new AtomicInteger();
        await().atMost(Duration.ofMinutes(5))
                .pollDelay(pause)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> isAcknowledged(call, body, tries, turn));
        repeated.addAndGet(tries.get() - 1);
    }

    private boolean isAcknowledged(String call, String body, AtomicInteger tries, int turn) {
        List<PackagedRelay> now = List.copyOf(relays);
        PackagedRelay relay = now.get((turn + tries.getAndIncrement()) % now.size());
        try {
            int status = relay.post(call, body);
            if (status != 200 && status != 503) {
                throw new IllegalStateException("expected 200 or 503, found " + status);
            }
            return status == 200;
        } catch (IOException unknownOutcome) {
            return false;
        }
    }

    /** The id of an event, which contains its contact and its number. */
    static String id(int caller, int number) {
        return "c" + caller + "-" + number % CONTACTS_OF_A_CALLER + "/" + number;
    }

    static String event(String id) {
        return """
            {"type":"track","event":"Order Completed","messageId":"%s","context":{"traits":{"email":"%s@example.com"}},\
            "properties":{"order_id":"%s","revenue":129.99,"currency":"USD"}}"""
                .formatted(id, id.substring(0, id.indexOf('/')), id);
    }

    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    int count() {
        return count.get();
    }

    /** How many requests were posted again, because they got no 200. */
    int repeated() {
        return repeated.get();
    }

    boolean areDone() {
        return running.stream().allMatch(CompletableFuture::isDone);
    }

    void join() {
        running.forEach(CompletableFuture::join);
    }

    /** The contacts whose events did not arrive in the order in which they were accepted. */
    static List<String> outOfOrder(FakeListrak listrak) {
        return listrak.firstArrivals().entrySet().stream()
                .filter(contact -> !isAscending(contact.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isAscending(List<String> ids) {
        List<Integer> numbers = ids.stream()
                .map(id -> Integer.valueOf(id.substring(id.indexOf('/') + 1)))
                .toList();
        return numbers.equals(numbers.stream().sorted().toList());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
