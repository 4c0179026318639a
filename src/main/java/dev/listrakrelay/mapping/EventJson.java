package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.RawJson;
import java.io.IOException;

/** Parses an event's payload once, and only if a step needs it. Not thread-safe. */
final class EventJson implements RawJson {
    private final Event event;
    private ObjectNode tree;

    EventJson(Event event) {
        this.event = event;
    }

    Event event() {
        return event;
    }

    @Override
    public byte[] raw() {
        return event.raw();
    }

    /** @throws MappingFailed if the payload is not a JSON object */
    ObjectNode tree() {
        if (tree == null) {
            try {
                tree = JsonTree.read(event.raw());
            } catch (IOException e) {
                throw MappingFailed.unreadable(event.messageId());
            }
        }
        return tree;
    }

    /** Names the event, without its payload. */
    @Override
    public String toString() {
        return event.toString();
    }
}
