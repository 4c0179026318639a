package dev.listrakrelay.spool;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;

/** The due events of one lane on their way through the routes, each to be settled before the next batch comes. */
public final class Batch implements Iterable<Event> {

    /** The exchange property under which the steps of a route find their batch. */
    public static final String PROPERTY = "spoolBatch";

    private final Spool spool;
    private final int lane;
    private final List<Event> events;
    private final Map<Event, Settlement> marked = new LinkedHashMap<>();
    private final Set<Long> settled = new HashSet<>();

    public Batch(Spool spool, int lane, List<Event> events) {
        this.spool = spool;
        this.lane = lane;
        this.events = events;
    }

    /** The batch that this exchange is part of. */
    public static Batch of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Batch.class);
    }

    public int size() {
        return events.size();
    }

    @Override
    public Iterator<Event> iterator() {
        return events.iterator();
    }

    /** Notes what became of an event; it is written with the next {@link #commit}. */
    public void mark(Event event, Settlement settlement) {
        marked.put(event, settlement);
    }

    /**
     * Writes what was marked and returns when it is on disk, so that nothing sent after it can be sent twice for want of
     * it.
     *
     * @throws SpoolUnavailable if it could not be written
     */
    public void commit() {
        if (marked.isEmpty()) {
            return;
        }
        SpoolUnavailable.await(spool.settle(lane, Map.copyOf(marked)));
        marked.keySet().forEach(event -> settled.add(event.seq()));
        marked.clear();
    }

    /** How many events nothing has been decided about. */
    public int unsettled() {
        return events.size() - settled.size() - marked.size();
    }
}
