package dev.listrakrelay.spool;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After random operations in random order, a spool is in the same state as its {@link SpoolModel}. */
abstract class RandomOperationsContract extends SpoolFixture {

    private static final int STEPS = 700;
    private static final int CONTACTS = 8;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final SpoolModel model = new SpoolModel();
    private final Map<Integer, Batch> out = new HashMap<>();
    private final Map<Integer, Instant> pausedUntil = new HashMap<>();
    private final int[] lives = new int[CONTACTS];
    private Random random;
    private String at;

    RandomOperationsContract(Engine engine) {
        super(engine);
    }

    /** The seeds of the runs, such as 1 to 30 with {@code -Drelay.random-seeds=30}. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, Integer.getInteger("relay.random-seeds", 2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSpoolStaysInStepWithItsModel(long seed) {
        // given
        random = new Random(seed);
        open(1 + random.nextInt(4));

        // when
        for (int step = 0; step < STEPS; step++) {
            at = "seed " + seed + ", step " + step;
            try {
                operate();
                model.checkCounts(spool);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(at + ": " + e.getMessage(), e);
            }
        }

        // then
        List.copyOf(out.keySet()).forEach(this::release);
        clock.advance(Duration.ofDays(1));
        assertEquals(model.pending(), deliverAll().size());
        assertEquals(0, spool.pending());
    }

    private void operate() {
        int choice = random.nextInt(100);
        int lane = random.nextInt(spool.lanes());
        if (choice < 30) {
            appendSome();
        } else if (choice < 55) {
            takeSome(lane);
        } else if (choice < 78) {
            settleSome(lane);
        } else if (choice < 86) {
            release(lane);
        } else if (choice < 92) {
            clock.advance(random.nextInt(20) == 0 ? Duration.ofHours(25) : Duration.ofSeconds(random.nextInt(120)));
        } else if (choice < 94) {
            pause(lane);
        } else if (choice < 97) {
            reopenWith(spool.lanes());
        } else if (choice < 98) {
            reopenWith(1 + random.nextInt(6));
        } else if (choice < 99) {
            forgetSomeone();
        } else {
            checkNothingDueIsHeldBack();
        }
    }

    private void appendSome() {
        List<Event> events = IntStream.range(0, 1 + random.nextInt(12))
                .mapToObj(i -> event(
                        contact(random.nextInt(CONTACTS)),
                        "m-" + random.nextInt(4_000),
                        random.nextInt(9) == 0 ? "kafka" : "rest"))
                .toList();
        int expected = model.append(events, clock.instant());
        assertEquals(expected, append(events.toArray(Event[]::new)));
    }

    /** The contact with this number. After a contact is forgotten, its number stands for a new contact. */
    private String contact(int number) {
        return "contact-" + number + "." + lives[number] + "@example.com";
    }

    private void forgetSomeone() {
        int number = random.nextInt(CONTACTS);
        int expected = model.forget(contact(number));
        assertEquals(expected, spool.forget(contact(number)).pending());
        lives[number]++;
    }

    private void takeSome(int lane) {
        Optional<Batch> taken = take(lane, 1 + random.nextInt(25));
        if (taken.isPresent()) {
            assertTrue(!out.containsKey(lane), "a second batch of lane " + lane);
            assertTrue(!isPaused(lane), "lane " + lane + " rests");
            model.check(taken.get(), clock.instant());
            out.put(lane, taken.get());
        }
    }

    private void settleSome(int lane) {
        Batch batch = out.get(lane);
        if (batch == null) {
            return;
        }
        Map<Event, Settlement> settlements = new HashMap<>();
        List<Event> left =
                events(batch).stream().filter(e -> !settled.contains(e.seq())).toList();
        int share = random.nextInt(4);
        for (Event event : left) {
            if (share == 3 || random.nextInt(3) < share) {
                settlements.put(event, randomOutcome());
                settled.add(event.seq());
            }
        }
        settlements.forEach(batch::mark);
        batch.commit();
        model.settle(settlements);
    }

    private final Set<Long> settled = new HashSet<>();

    private Settlement randomOutcome() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> retryIn(Duration.ofSeconds(random.nextInt(300)));
            case 2 -> new Settlement.Dropped(random.nextBoolean() ? "no_rule" : "no_email");
            case 3 -> new Settlement.Dead("rejected", "400");
            case 4 -> new Settlement.Forwarded("listrak-eu");
            default -> DELIVERED;
        };
    }

    private void release(int lane) {
        Batch batch = out.remove(lane);
        if (batch != null) {
            batch.forEach(event -> settled.remove(event.seq()));
        }
        spool.release(lane);
    }

    private void pause(int lane) {
        Duration pause = Duration.ofSeconds(random.nextInt(60));
        spool.pause(lane, pause, 0, "503").toCompletableFuture().join();
        pausedUntil.put(lane, clock.instant().plus(pause));
    }

    private boolean isPaused(int lane) {
        return pausedUntil.getOrDefault(lane, Instant.MIN).isAfter(clock.instant());
    }

    private void reopenWith(int lanes) {
        if (lanes != spool.lanes()) {
            pausedUntil.clear();
        }
        out.clear();
        settled.clear();
        reopen(lanes);
    }

    /**
     * Takes from every lane, and checks that no contact with a due event is missing. Tries for a moment, because an
     * engine may hand out retried events before it reads new ones.
     */
    private void checkNothingDueIsHeldBack() {
        List.copyOf(out.keySet()).forEach(this::release);
        clock.advance(Duration.ofSeconds(60));
        pausedUntil.clear();
        long pending = model.pending();
        var due = model.due(clock.instant());
        var came = new HashSet<String>();
        await().atMost(SOON).pollDelay(Duration.ZERO).untilAsserted(() -> {
            takeFromAll(came);
            assertEquals(due, came, "contacts with an event due, of " + pending + " pending");
        });
    }

    private void takeFromAll(Set<String> came) {
        for (int lane = 0; lane < spool.lanes(); lane++) {
            take(lane, PLENTY).ifPresent(batch -> {
                model.check(batch, clock.instant());
                batch.forEach(event -> came.add(event.contact()));
            });
            spool.release(lane);
        }
    }
}
