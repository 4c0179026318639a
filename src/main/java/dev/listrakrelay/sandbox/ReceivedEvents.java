package dev.listrakrelay.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps the last events received, as many and as large as memory is meant to bear, and shows them newest first. */
final class ReceivedEvents {

    static final int MAX_EVENTS = 1_000;
    static final int MAX_CHARS = 8_000_000;

    private final Deque<Kept> newestFirst = new ArrayDeque<>();
    private final Clock clock;
    private long chars;

    ReceivedEvents(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(SentEvent event) {
        ObjectNode view = event.answer();
        view.put("receivedAt", clock.instant().toString());
        view.set("dataFields", event.dataFields());
        ArrayNode discarded = view.putArray("discarded");
        CustomEventSchema.discardedOf(event.dataFields()).forEach(discarded::add);
        Kept kept = new Kept(view, view.toString().length());
        newestFirst.addFirst(kept);
        chars += kept.chars();
        while (newestFirst.size() > MAX_EVENTS || (chars > MAX_CHARS && newestFirst.size() > 1)) {
            chars -= newestFirst.removeLast().chars();
        }
    }

    /** The newest events, {@code limit} at most: receivedAt, identifiers, dataFields, discarded, and the answer given. */
    synchronized ArrayNode newest(int limit) {
        ArrayNode newest = JsonNodeFactory.instance.arrayNode();
        newestFirst.stream().limit(limit).map(Kept::view).forEach(newest::add);
        return newest;
    }

    private record Kept(ObjectNode view, int chars) {}
}
