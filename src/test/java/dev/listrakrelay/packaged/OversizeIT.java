package dev.listrakrelay.packaged;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Guarantees, Bounds, Outgoing: no request exceeds 1,000,000 bytes. Intake accepts no events of that size, so steps in
 * a mounted route enlarge the field {@code fill}: they replace each of its letters by many.
 */
@Tag("faults")
class OversizeIT extends PackagedTest {

    private static final Logger LOG = Logger.getLogger(OversizeIT.class);
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final int LIMIT = 1_000_000;
    /** The room that the relay leaves for headers, in bytes. */
    private static final int ROOM_FOR_HEADERS = 16_384;

    /** A Q becomes 100,000 letters, an X 10,000, … and a J stays one letter. */
    private static final String LETTERS = "QXZWKJ";

    @BeforeEach
    void mount() throws IOException {
        StringBuilder steps = new StringBuilder();
        for (int i = 0; i + 1 < LETTERS.length(); i++) {
            steps.append("- setBody: {simple: \"${bodyAs(String).replace('%s','%s')}\"}\n"
                    .formatted(
                            LETTERS.charAt(i), LETTERS.substring(i + 1, i + 2).repeat(10)));
        }
        MountedRoutes.mount(
                relay,
                MountedRoutes.copy(folder.resolve("routes"), steps.toString().indent(22)));
        relay.with("SPOOL_LANES", "1").with("DELIVERY_BATCH_SIZE", "40").start();
    }

    @Test
    void anEventOverTheLimitDiesAsTooLargeAndTheOthersOfItsBatchAreDelivered() throws IOException {
        // given
        List<Integer> sizes = new ArrayList<>(Collections.nCopies(29, 10));
        sizes.add(11, 1_200_000);

        // when
        post(sizes);
        awaitNothingPending(BOUND);

        // then
        assertThat(listrak.orderIds(), is(ids(sizes.size(), Set.of(11))));
        assertThat(relay.metric("listrak_relay_dead_total"), is(1L));
        assertThat(relay.adminGet("dead-letters?reason=too_large").contains("size/11"), is(true));
        assertThat(listrak.mostBytes(), lessThanOrEqualTo(LIMIT));
    }

    @Test
    void requestsThatStraddleTheLimitNeverPassIt() throws IOException {
        // given many events of random sizes, and events whose sizes increase in small steps around the limit
        Random random = new Random(Long.getLong("relay.seed", 4));
        List<Integer> sizes = new ArrayList<>();
        IntStream.range(0, 120).forEach(i -> sizes.add(random.nextInt(1 << (5 + random.nextInt(15)))));
        IntStream.range(0, 40).forEach(i -> sizes.add(LIMIT - ROOM_FOR_HEADERS - 800 + 20 * i));
        IntStream.range(0, 20).forEach(i -> sizes.add(LIMIT - 1_000 + 50 * i));

        // when
        post(sizes);
        awaitNothingPending(BOUND);

        // then
        long dead = relay.metric("listrak_relay_dead_total");
        LOG.infof(
                "%d events, %d too large, largest request %d bytes, most events in one %d",
                sizes.size(), dead, listrak.mostBytes(), listrak.largestRequest());
        assertThat(listrak.mostBytes(), lessThanOrEqualTo(LIMIT));
        assertThat("near the limit", listrak.mostBytes(), greaterThan(LIMIT - ROOM_FOR_HEADERS));
        assertThat("some fit and some don't", dead > 20 && dead < 60, is(true));
        assertThat(listrak.orderIds(), hasSize(sizes.size() - (int) dead));
        assertThat(duplicates(), is(0));
        assertThat(listrak.refusals(), is(0));
        assertThat(lost(List.copyOf(ids(120, Set.of()))), empty());
    }

    /** Posts an event with its own contact for each size; the event has a few more bytes than that. */
    private void post(List<Integer> sizes) throws IOException {
        for (int i = 0; i < sizes.size(); i++) {
            String event = Callers.event("c" + i + "/" + i)
                    .replace("\"order_id\":\"c" + i + "/" + i + "\"", "\"order_id\":\"" + id(i) + "\"")
                    .replace("\"currency\"", "\"fill\":\"" + letters(sizes.get(i)) + "\",\"currency\"");
            assertThat(relay.post("track", event), is(200));
        }
    }

    private static String id(int number) {
        return "size/" + number;
    }

    private static Set<String> ids(int count, Set<Integer> without) {
        return IntStream.range(0, count)
                .filter(i -> !without.contains(i))
                .mapToObj(OversizeIT::id)
                .collect(Collectors.toSet());
    }

    /** The letters that become this many letters. */
    private static String letters(int size) {
        StringBuilder letters = new StringBuilder();
        int worth = 100_000;
        for (int i = 0, left = size; i < LETTERS.length(); i++, worth /= 10) {
            letters.append(LETTERS.substring(i, i + 1).repeat(left / worth));
            left %= worth;
        }
        return letters.toString();
    }
}
