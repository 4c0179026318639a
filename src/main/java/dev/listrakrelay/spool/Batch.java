package dev.listrakrelay.spool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;

/** Holds the due events of one lane while routes deliver them, and what became of each. Then the next batch follows. */
public final class Batch implements Iterable<Event> {

    private final SpoolLanes spool;
    private final int lane;
    private List<Event> events;
    private final ToIntFunction<Event> attempts;
    private final Map<Event, Settlement> marked = new LinkedHashMap<>();
    private final Set<Long> settled = new HashSet<>();
    private final List<SentRequest> requests = new ArrayList<>();
    private int forgotten;
    private SpoolTimes times = SpoolTimes.NONE;
    private BooleanSupplier ending = () -> false;
    private Pause pause = Pause.NONE;
    private String cause = "no route settled them";

    /** How long the lane waits before its next batch. */
    public enum Pause {
        /** It doesn't wait. */
        NONE,
        /** It waits for a back-off, because the try failed. */
        BACK_OFF,
        /** It waits until its gate opens. The destination is closed, so the events were not tried. */
        GATE
    }

    /** @param attempts returns how often an event of this batch was retried before, without pauses of its whole lane */
    public Batch(SpoolLanes spool, int lane, List<Event> events, ToIntFunction<Event> attempts) {
        this.spool = spool;
        this.lane = lane;
        this.events = events;
        this.attempts = attempts;
    }

    /** Sets the histograms that measure its commits and deliveries. */
    public Batch measuredBy(SpoolTimes histograms) {
        times = histograms;
        return this;
    }

    /** Sets what says that the batch must end. */
    public Batch endedBy(BooleanSupplier lane) {
        ending = lane;
        return this;
    }

    /** Whether no further request may wait, because the relay stops or the lane moves to another process. */
    public boolean isEnding() {
        return ending.getAsBoolean();
    }

    public int size() {
        return events.size();
    }

    @Override
    public Iterator<Event> iterator() {
        return events.iterator();
    }

    /** How often an event was retried before, without pauses of its whole lane: 0 or more. */
    public int attempts(Event event) {
        return attempts.applyAsInt(event);
    }

    /** The number of pauses of its lane in a row, without a delivery in between. */
    public int pauses() {
        return spool.pauses(lane);
    }

    /** Notes the outcome of an event. The next {@link #commit} writes it. */
    public void mark(Event event, Settlement settlement) {
        marked.put(event, settlement);
    }

    /**
     * Notes that a request with these events starts now. If the process ends before its outcome is on disk, the next
     * start knows that these events may have been sent.
     */
    public void sending(List<Event> sent, Instant now) {
        spool.sending(lane, sent.stream().map(Event::seq).toList(), now);
    }

    /** Whether an earlier process may have sent an event of this batch. */
    public boolean mayHaveBeenSent(Event event) {
        return spool.mayHaveBeenSent(event);
    }

    /** Notes a request that carried some of the events. The next {@link #commit} writes it. */
    public void sent(SentRequest request) {
        requests.add(request);
        if (!request.mayBeAccepted()) {
            spool.sendingEnded(lane);
        }
    }

    /** Returns the outcome that was noted for an event since the last {@link #commit}; null if there is none. */
    public Settlement marked(Event event) {
        return marked.get(event);
    }

    /**
     * Writes the noted outcomes, and returns when they are on disk. Call it after each request, so that a crash repeats
     * no earlier one. If they can't be written, they stay noted for the next call, and the lane pauses.
     *
     * @throws SpoolUnavailable if it could not be written
     */
    public void commit() {
        if (marked.isEmpty() && requests.isEmpty() && !isEmptyFromTheStart()) {
            return;
        }
        long started = System.nanoTime();
        try {
            SpoolUnavailable.await(spool.settle(lane, Collections.unmodifiableMap(marked), List.copyOf(requests)));
        } catch (SpoolUnavailable e) {
            pause(Pause.BACK_OFF, e.getMessage());
            throw e;
        }
        spool.sendingEnded(lane);
        times.settled(marked, System.nanoTime() - started);
        LossLog.OF_THIS_PROCESS.settled(marked);
        Delays.OF_THIS_PROCESS.settled(marked);
        marked.keySet().forEach(event -> settled.add(event.seq()));
        marked.clear();
        requests.clear();
    }

    /** Whether the lane only passed events that wait for an earlier one, and claimed none. */
    private boolean isEmptyFromTheStart() {
        return events.isEmpty() && settled.isEmpty();
    }

    /** The events without an outcome. */
    public List<Event> unsettledEvents() {
        return events.stream()
                .filter(event -> !settled.contains(event.seq()) && !marked.containsKey(event))
                .toList();
    }

    /** The number of events without an outcome. */
    public int unsettled() {
        return events.size() + forgotten - settled.size() - marked.size();
    }

    /** Whether an event of this batch was forgotten since the batch left the spool. */
    public boolean isForgotten(Event event) {
        return spool.isForgotten(event);
    }

    /** Drops the forgotten events. Call it before any event has an outcome. */
    public void dropForgotten() {
        if (events.stream().anyMatch(this::isForgotten)) {
            events.stream().filter(this::isForgotten).forEach(event -> mark(event, Settlement.FORGOTTEN));
            forgotten = marked.size();
            events = events.stream().filter(event -> !marked.containsKey(event)).toList();
        }
    }

    /** Stops this batch, and pauses its lane. */
    public void pause(Pause how, String why) {
        pause = how;
        cause = why;
    }

    public boolean isPaused() {
        return pause != Pause.NONE;
    }

    /** The pause of the lane. If the route left events without an outcome, they are tried again after a back-off. */
    public Pause neededPause() {
        return pause == Pause.NONE && unsettled() > 0 ? Pause.BACK_OFF : pause;
    }

    /** The cause of the pause. */
    public String cause() {
        return cause;
    }
}
