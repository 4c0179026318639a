package dev.listrakrelay.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.EventHistory;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.TracedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A sample has events of each name, old and new ones, and never more than 500 of a name. */
class EventSampleTest {

    private static final Instant NOW = Instant.parse("2026-06-06T12:00:00Z");

    private final List<TracedEvent> kept = new ArrayList<>();
    private final EventSample sample = new EventSample();
    private int visited;

    @Test
    void aRareNameIsReadWholeAndAFrequentOneFromAllHours() {
        // given
        keep("track", "Product Viewed", 1, 20_000);
        keep("track", "Order Completed", 20_001, 20_003);
        keep("track", "Product Viewed", 20_004, 40_000);
        keep("unreadable", "Product Viewed", 40_001, 40_010);

        // when
        List<Event> read = read();

        // then
        assertEquals(503, read.size());
        assertEquals(
                3,
                read.stream()
                        .filter(event -> event.name().equals("Order Completed"))
                        .count());
        long old = read.stream().filter(event -> event.seq() <= 20_000).count();
        assertTrue(old > 200 && old < 300, old + " of the older half");
        Set<Long> seqs = new TreeSet<>(Comparator.reverseOrder());
        read.forEach(event -> seqs.add(event.seq()));
        assertEquals(List.copyOf(seqs), read.stream().map(Event::seq).toList());
    }

    @Test
    void aSparseSampleSkipsTheEventsBetween() {
        // given
        keep("track", "Order Completed", 1, 1);
        keep("track", "Product Viewed", 2, 200_000);

        // when
        read();

        // then
        assertTrue(visited < 200_000 / 2, visited + " events visited");
    }

    @Test
    void theNamesOfPagesAreOneNameAndSoAreManyNames() {
        // given
        for (int i = 0; i < 2_000; i++) {
            keep("page", "page " + i, i + 1, i + 1);
            keep("track", "track " + i, 10_000 + i, 10_000 + i);
        }

        // when
        List<Event> read = read();

        // then
        assertEquals(
                500, read.stream().filter(event -> event.type().equals("page")).count());
        assertEquals(
                100 + 500,
                read.stream().filter(event -> event.type().equals("track")).count());
    }

    @Test
    void aSampleThatNobodyWantsAnyMoreEnds() {
        // given
        keep("track", "Order Completed", 1, 10);
        kept.forEach(sample::offer);

        // when
        int read = sample.read(history(), () -> true, event -> {});

        // then
        assertEquals(0, read);
    }

    private List<Event> read() {
        kept.sort(
                Comparator.comparingLong((TracedEvent traced) -> traced.event().seq())
                        .reversed());
        kept.forEach(sample::offer);
        List<Event> read = new ArrayList<>();
        assertEquals(sample.read(history(), () -> false, read::add), read.size());
        return read;
    }

    private void keep(String type, String name, int from, int to) {
        for (int seq = from; seq <= to; seq++) {
            Event event = new Event(seq, "m-" + seq, "rest", type, name, "c", NOW, new byte[0]);
            kept.add(new TracedEvent(event, List.of(new EventStep(NOW, "delivered", "")), Optional.empty()));
        }
    }

    private EventHistory history() {
        return new EventHistory() {
            @Override
            public List<TracedEvent> find(Search search) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void walk(Search search, Predicate<byte[]> isOfInterest, Predicate<TracedEvent> isMoreWanted) {
                for (TracedEvent traced : kept) {
                    if (traced.event().seq() < search.before()) {
                        visited++;
                        if (!isMoreWanted.test(traced)) {
                            return;
                        }
                    }
                }
            }

            @Override
            public Optional<TracedEvent> get(long seq) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
