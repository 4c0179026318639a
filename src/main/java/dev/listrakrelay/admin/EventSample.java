package dev.listrakrelay.admin;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.EventHistory;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.TracedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Chooses some events of each name at random, so that old and new ones are among them, and reads their payloads. Its memory
 * does not grow with the number of events.
 */
final class EventSample {

    /** The most events of one name. */
    static final int PER_NAME = 500;

    /** Further names share one sample. */
    private static final int MOST_NAMES = 100;

    private static final int AT_ONCE = 500;
    private static final String OTHERS = "";

    private final Map<String, NameSample> names = new HashMap<>();
    /** With a fixed seed, the same events give the same sample. */
    private final SplittableRandom random = new SplittableRandom(1);

    /** The seqs of some events of one name (Vitter, "Random Sampling with a Reservoir", 1985). */
    private final class NameSample {
        private final List<Long> seqs = new ArrayList<>();
        private int offered;

        void offer(long seq) {
            offered++;
            if (seqs.size() < PER_NAME) {
                seqs.add(seq);
            } else {
                int place = random.nextInt(offered);
                if (place < PER_NAME) {
                    seqs.set(place, seq);
                }
            }
        }
    }

    /** Takes an event into account. Only tracked events have names of their own; a page counts by its type. */
    void offer(TracedEvent traced) {
        Event event = traced.event();
        if (Event.TYPES.contains(event.type())) {
            names.computeIfAbsent(key(event), first -> new NameSample()).offer(event.seq());
        }
    }

    private String key(Event event) {
        if (!event.type().equals("track")) {
            return event.type();
        }
        String name = "track " + event.name();
        return names.containsKey(name) || names.size() < MOST_NAMES ? name : OTHERS;
    }

    /**
     * Reads the chosen events, newest first, some at a time.
     *
     * @param isStopped whether nobody wants them any more
     * @return the number of events that were read
     */
    int read(EventHistory history, BooleanSupplier isStopped, Consumer<Event> use) {
        TreeSet<Long> wanted = new TreeSet<>();
        names.values().forEach(name -> wanted.addAll(name.seqs));
        int[] read = {0};
        while (!wanted.isEmpty() && !isStopped.getAsBoolean()) {
            long newest = wanted.last();
            int[] visited = {0};
            history.walk(Search.ALL.page(newest + 1, AT_ONCE), traced -> {
                if (wanted.remove(traced.event().seq())) {
                    read[0]++;
                    use.accept(traced.event());
                }
                visited[0]++;
                return visited[0] < AT_ONCE
                        && !wanted.isEmpty()
                        && wanted.last() > traced.event().seq() - AT_ONCE;
            });
            // it was deleted in the meantime
            wanted.remove(newest);
        }
        return read[0];
    }
}
