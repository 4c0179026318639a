package dev.listrakrelay.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps the last received events, at most 1,000 with 8,000,000 characters in all, and lists them newest first. */
final class ReceivedEvents {

    static final int MAX_EVENTS = 1_000;
    static final int MAX_CHARS = 8_000_000;

    private final Deque<ReceivedEvent> newestFirst = new ArrayDeque<>();
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
        CustomEventSchema.discardedFields(event.dataFields()).forEach(discarded::add);
        ReceivedEvent received = new ReceivedEvent(view, view.toString().length());
        newestFirst.addFirst(received);
        chars += received.chars();
        while (newestFirst.size() > MAX_EVENTS || (chars > MAX_CHARS && newestFirst.size() > 1)) {
            chars -= newestFirst.removeLast().chars();
        }
    }

    /** Returns at most {@code limit} of the newest events: receivedAt, identifiers, dataFields, discarded, and the answer. */
    synchronized ArrayNode newest(int limit) {
        ArrayNode newest = JsonNodeFactory.instance.arrayNode();
        newestFirst.stream().limit(limit).map(ReceivedEvent::view).forEach(newest::add);
        return newest;
    }

    private record ReceivedEvent(ObjectNode view, int chars) {}
}
