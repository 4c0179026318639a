package dev.listrakrelay.spool.lane;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/**
 * Tracks which events of a lane are settled: all up to {@code head}, except the open ones. Events of the current batch
 * are claimed.
 *
 * <p>So the engine writes one small row to settle a whole batch. Only the lane's consumer may use it.
 */
public final class LaneProgress {

    /** The contact of an open event that was forgotten. */
    public static final String FORGOTTEN = "forgotten";

    /** The number of open events from which on a lane takes no new ones. */
    private static final int MOST_OPEN = 10_000;

    /** An event up to the head that is not settled, and is due again at {@code due} (epoch milliseconds). */
    public record Open(String contact, long due, int attempts) {}

    private final int lane;
    private final TreeMap<Long, Open> open;
    private final TreeMap<Long, Open> claimed = new TreeMap<>();
    private long head;
    private long claimedTo;
    private volatile boolean isFull;

    public LaneProgress(int lane, long head, TreeMap<Long, Open> open) {
        this.lane = lane;
        this.head = head;
        this.claimedTo = head;
        this.open = open;
    }

    /** The lane's number. */
    public int lane() {
        return lane;
    }

    public long head() {
        return head;
    }

    /** The open events, in order. */
    public TreeMap<Long, Open> open() {
        return new TreeMap<>(open);
    }

    public int openEvents() {
        return open.size();
    }

    public boolean takesNew() {
        return open.size() < MOST_OPEN && !isFull;
    }

    /** Sets whether there is no space to note more open events, so that the lane takes no new ones. */
    public void full(boolean now) {
        isFull = now;
    }

    /** The number of open events that are due. */
    public long openDue(long now) {
        return open.values().stream().filter(event -> event.due() <= now).count();
    }

    /** The earliest due time of all open events; the highest long if there are none. */
    public long nextOpen() {
        return open.values().stream().mapToLong(Open::due).min().orElse(Long.MAX_VALUE);
    }

    /** Moves the due times of open events. */
    void bringForward(LongUnaryOperator earlier) {
        open.replaceAll((seq, event) -> new Open(event.contact(), earlier.applyAsLong(event.due()), event.attempts()));
    }

    /** The seqs of open events that are due, in order. */
    public List<Long> dueAgain(int max, long now) {
        return open.entrySet().stream()
                .filter(event -> event.getValue().due() <= now)
                .limit(max)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Claims the due events that may leave together, see {@link BatchSelection}. The others stay.
     *
     * @param due open events followed by new ones, each in order; none of them is claimed
     * @return the claimed events, in the same order
     */
    public List<Event> claim(List<Event> due, long now) {
        BatchSelection selection = BatchSelection.of(due, open, now);
        selection.leaving().forEach(this::claim);
        selection.staying().forEach(this::stay);
        return selection.leaving();
    }

    /**
     * An open event may have a seq beyond the head after the number of lanes has changed. The head must not follow it.
     */
    void claim(Event event) {
        if (!open.containsKey(event.seq())) {
            claimedTo = Math.max(claimedTo, event.seq());
        }
        claimed.put(event.seq(), new Open(event.contact(), 0, attempts(event.seq())));
    }

    /** Skips a new event for now. It becomes open. */
    private void stay(Event event, long due) {
        claimed.put(event.seq(), new Open(event.contact(), due, 0));
        claimedTo = Math.max(claimedTo, event.seq());
    }

    /** Whether new events were claimed or skipped, so that the head must move. */
    public boolean hasMoved() {
        return claimedTo > head;
    }

    /** The seqs of events in the batch that are not settled, without skipped ones. */
    public List<Long> out() {
        return claimed.entrySet().stream()
                .filter(event -> event.getValue().due() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    public int attempts(long seq) {
        return open.containsKey(seq) ? open.get(seq).attempts() : 0;
    }

    /** Makes the change for outcomes. It ignores events that are not claimed, so that each event counts once. */
    public LaneChange change(Map<Event, Settlement> settlements) {
        Map<Event, Settlement> settled = new LinkedHashMap<>();
        Set<Long> seqs = new HashSet<>();
        settlements.forEach((event, settlement) -> {
            if (claimed.containsKey(event.seq())) {
                settled.put(event, settlement);
                seqs.add(event.seq());
            }
        });
        TreeMap<Long, Open> opened = new TreeMap<>();
        claimed.forEach((seq, event) -> {
            if (!seqs.contains(seq) && !open.containsKey(seq)) {
                opened.put(seq, event);
            }
        });
        Set<String> retried = new HashSet<>();
        settled.forEach((event, settlement) -> {
            if (settlement instanceof Settlement.Retry retry) {
                opened.put(
                        event.seq(), new Open(event.contact(), retry.at().toEpochMilli(), attempts(event.seq()) + 1));
                retried.add(event.contact());
            }
        });
        if (!retried.isEmpty()) {
            keepOrder(retried, settled, opened);
        }
        return new LaneChange(lane, claimedTo, opened, Set.copyOf(open.keySet()), settled);
    }

    /** Makes no event of these contacts due before an earlier one that is not settled. */
    private void keepOrder(Set<String> contacts, Map<Event, Settlement> settled, Map<Long, Open> opened) {
        TreeMap<Long, Open> staying = new TreeMap<>(open);
        settled.keySet().forEach(event -> staying.remove(event.seq()));
        staying.putAll(opened);
        Map<String, Long> latest = new HashMap<>();
        staying.forEach((seq, event) -> {
            if (contacts.contains(event.contact())) {
                long due = latest.merge(event.contact(), event.due(), Math::max);
                if (due > event.due()) {
                    opened.put(seq, new Open(event.contact(), due, event.attempts()));
                }
            }
        });
    }

    /** The open events once a change is applied, by seq. */
    public TreeMap<Long, Open> openAfter(LaneChange change) {
        TreeMap<Long, Open> after = new TreeMap<>(open);
        after.putAll(change.opened());
        change.done().forEach(after::remove);
        return after;
    }

    public boolean isOpen(long seq) {
        return open.containsKey(seq);
    }

    /** Applies a change that is on disk. Returns the number of events that will not be retried. */
    public int apply(LaneChange change) {
        head = change.head();
        open.putAll(change.opened());
        int done = 0;
        for (Map.Entry<Event, Settlement> event : change.settled().entrySet()) {
            claimed.remove(event.getKey().seq());
            if (!(event.getValue() instanceof Settlement.Retry)) {
                open.remove(event.getKey().seq());
                done++;
            }
        }
        return done;
    }

    public void release() {
        claimed.clear();
        claimedTo = head;
    }
}
