package dev.listrakrelay.spool.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.TracedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of a lane that are stored together share a row, and each can still be found alone. */
class SqliteBlocksTest extends SqliteFixture {

    private static final int MANY = 1_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "it's \"quoted\" \\ and\nmore",
                "zero\u0000byte",
                "K\u00fc\u00df \ud83d\udc8b",
                "half \ud83d"
            })
    void aReadEventEqualsTheStoredEvent(String text) {
        // given
        byte[] raw = ("{\"a\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
        Event event = new Event(
                0,
                "id " + text,
                "source " + text,
                "track",
                text,
                "contact " + text,
                Identity.learned("contact " + text),
                clock.instant(),
                clock.instant(),
                raw);
        open(1);

        // when
        spool.append(List.of(event)).toCompletableFuture().join();
        open(1);

        // then
        Event back = deliver().get(0);
        assertEquals("id " + text, back.messageId());
        assertEquals("source " + text, back.source());
        assertEquals("track", back.type());
        assertEquals(text, back.name());
        assertEquals("contact " + text, back.contact());
        assertTrue(back.identity().isLearned());
        assertEquals(clock.instant(), back.receivedAt());
        assertEquals(clock.instant(), back.pendingSince());
        assertArrayEquals(raw, back.raw());
    }

    @Test
    void eventsStoredTogetherUseOneRowForEachLane() {
        // given
        open(4);

        // when
        append(ids(0, 40));

        // then
        assertEquals(4, number("SELECT count(*) FROM block"));
        assertEquals(40, number("SELECT sum(size) FROM block"));
        assertEquals(40, number("SELECT count(DISTINCT message_id) FROM event WHERE raw = CAST('{}' AS BLOB)"));
    }

    @Test
    void aSearchFindsTheNewestFirstPageByPage() {
        // given
        open(8);
        append(ids(0, MANY));
        append(ids(MANY, 2 * MANY));

        // when
        List<TracedEvent> found = new ArrayList<>();
        List<TracedEvent> page = spool.history().find(Search.ALL.page(Long.MAX_VALUE, 70));
        while (!page.isEmpty()) {
            found.addAll(page);
            page = spool.history()
                    .find(Search.ALL.page(page.get(page.size() - 1).event().seq(), 70));
        }

        // then
        List<Long> seqs = found.stream().map(traced -> traced.event().seq()).toList();
        assertEquals(2 * MANY, seqs.size());
        assertEquals(seqs.stream().sorted(Comparator.reverseOrder()).toList(), seqs);
        assertTrue(found.stream().allMatch(traced -> traced.waiting().isPresent()));
    }

    @Test
    void eachEventIsFoundByItsSeqWhateverTheOutcomeOfTheOthers() {
        // given
        open(3);
        append(ids(0, MANY));
        Batch batch = take();
        List<Event> taken = new ArrayList<>();
        batch.forEach(taken::add);
        mark(
                batch,
                taken.get(0).messageId(),
                new Settlement.Retry(clock.instant().plusSeconds(60), "429"));
        mark(batch, taken.get(1).messageId(), new Settlement.Delivered());
        mark(batch, taken.get(2).messageId(), new Settlement.Dead("rejected", "400"));
        batch.commit();
        spool.release(0);

        // when
        List<Boolean> wait = Stream.of(0, 1, 2, 3)
                .map(i -> spool.history().get(taken.get(i).seq()).orElseThrow())
                .map(traced -> traced.waiting().isPresent())
                .toList();

        // then
        assertEquals(List.of(true, false, false, true), wait);
        assertEquals(MANY - 2, spool.pending());
        open(3);
        assertEquals(MANY - 2, spool.pending());
        clock.advance(Duration.ofMinutes(1));
        assertEquals(
                IntStream.range(0, MANY)
                        .mapToObj(i -> "m" + i)
                        .filter(id -> !id.equals(taken.get(1).messageId())
                                && !id.equals(taken.get(2).messageId()))
                        .sorted()
                        .toList(),
                deliver().stream().map(Event::messageId).sorted().toList());
    }

    @Test
    void afterAChangeOfLanesEachEventIsPendingOrSettledAsBefore() {
        // given
        open(8);
        append(ids(0, MANY));
        settleSome(0);
        settleSome(3);

        // when
        for (int lanes : new int[] {3, 8, 1, 5}) {
            open(lanes);
            assertEquals(MANY - 20, spool.pending());
        }

        // then
        assertEquals(MANY, spool.history().find(Search.ALL).size());
        assertEquals(MANY, number("SELECT count(*) FROM event"));
        List<Event> delivered = deliver();
        assertEquals(
                MANY - 20, delivered.stream().map(Event::messageId).distinct().count());
        assertEquals(MANY - 20, delivered.size());
        clock.advance(ROUND);
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM block") == 0);
    }

    private void settleSome(int lane) {
        Batch batch = take(lane).orElseThrow();
        List<Event> some = new ArrayList<>();
        batch.forEach(event -> {
            if (some.size() < 10) {
                some.add(event);
            }
        });
        some.forEach(event -> batch.mark(event, new Settlement.Delivered()));
        batch.commit();
        spool.release(lane);
    }

    private static String[] ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m" + i).toArray(String[]::new);
    }
}
