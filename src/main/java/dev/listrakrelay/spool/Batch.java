package dev.listrakrelay.spool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apache.camel.Exchange;

/** The due events of one lane on their way through the routes, each to be settled before the next batch comes. */
public final class Batch implements Iterable<Event> {

    /** The exchange property under which the steps of a route find their batch. */
    public static final String PROPERTY = "spoolBatch";

    private final Spool spool;
    private final int lane;
    private List<Event> events;
    private final ToIntFunction<Event> attempts;
    private final Map<Event, Settlement> marked = new LinkedHashMap<>();
    private final Set<Long> settled = new HashSet<>();
    private final List<SentRequest> requests = new ArrayList<>();
    private int forgotten;
    private SpoolTimes times = SpoolTimes.NONE;
    private Rest rest = Rest.NONE;
    private String cause = "no route settled them";

    /** Whether the lane may go on with its next batch. */
    public enum Rest {
        /** It may. */
        NONE,
        /** Not before a back-off: the try failed. */
        BACK_OFF,
        /** Not before its gate opens: the destination is closed, which is no failed try of these events. */
        GATE
    }

    /** @param attempts how often an event of this batch was tried by itself before */
    public Batch(Spool spool, int lane, List<Event> events, ToIntFunction<Event> attempts) {
        this.spool = spool;
        this.lane = lane;
        this.events = events;
        this.attempts = attempts;
    }

    /** The batch that this exchange is part of. */
    public static Batch of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Batch.class);
    }

    /** Lets its commits and deliveries be measured. */
    public Batch measuredBy(SpoolTimes histograms) {
        times = histograms;
        return this;
    }

    public int size() {
        return events.size();
    }

    @Override
    public Iterator<Event> iterator() {
        return events.iterator();
    }

    /** How often an event was tried by itself before, 0 or more. */
    public int attempts(Event event) {
        return attempts.applyAsInt(event);
    }

    /** Notes what became of an event; it is written with the next {@link #commit}. */
    public void mark(Event event, Settlement settlement) {
        marked.put(event, settlement);
    }

    /** Notes a request that carried some of its events; it is written with the next {@link #commit}. */
    public void sent(SentRequest request) {
        requests.add(request);
    }

    /** What an event was marked with since the last {@link #commit}; null if it wasn't. */
    public Settlement marked(Event event) {
        return marked.get(event);
    }

    /**
     * Writes what was marked and returns when it is on disk, so that nothing sent after it can be sent twice for want of
     * it. Where it could not be written, it stays marked for the next call, and the lane sends no more.
     *
     * @throws SpoolUnavailable if it could not be written
     */
    public void commit() {
        if (marked.isEmpty() && requests.isEmpty()) {
            return;
        }
        long started = System.nanoTime();
        try {
            SpoolUnavailable.await(spool.settle(lane, Collections.unmodifiableMap(marked), List.copyOf(requests)));
        } catch (SpoolUnavailable e) {
            rest(Rest.BACK_OFF, e.getMessage());
            throw e;
        }
        times.settled(marked, System.nanoTime() - started);
        LossLog.TOLD.settled(marked);
        Delays.OF_THIS_PROCESS.settled(marked);
        marked.keySet().forEach(event -> settled.add(event.seq()));
        marked.clear();
        requests.clear();
    }

    /** The events that nothing has been decided about. */
    public List<Event> unsettledEvents() {
        return events.stream()
                .filter(event -> !settled.contains(event.seq()) && !marked.containsKey(event))
                .toList();
    }

    /** How many events nothing has been decided about. */
    public int unsettled() {
        return events.size() + forgotten - settled.size() - marked.size();
    }

    /** Whether an event of this batch was forgotten since it was handed out. */
    public boolean isForgotten(Event event) {
        return spool.isForgotten(event);
    }

    /** Takes out and drops what was forgotten since it was handed out; call it before anything is decided. */
    public void dropForgotten() {
        if (events.stream().anyMatch(this::isForgotten)) {
            events.stream().filter(this::isForgotten).forEach(event -> mark(event, Settlement.FORGOTTEN));
            forgotten = marked.size();
            events = events.stream().filter(event -> !marked.containsKey(event)).toList();
        }
    }

    /** Lets the lane send no more of this batch. */
    public void rest(Rest how, String why) {
        rest = how;
        cause = why;
    }

    public boolean isResting() {
        return rest != Rest.NONE;
    }

    /** How the lane has to rest; whatever was left unsettled without a word is tried again after a back-off. */
    public Rest restNow() {
        return rest == Rest.NONE && unsettled() > 0 ? Rest.BACK_OFF : rest;
    }

    /** Why it has to. */
    public String cause() {
        return cause;
    }
}
