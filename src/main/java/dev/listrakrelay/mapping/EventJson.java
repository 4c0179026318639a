package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Event;
import java.io.IOException;

/** An event whose payload is read once, and only when something asks for it. Of one thread. */
final class EventJson {
    private final Event event;
    private ObjectNode tree;

    EventJson(Event event) {
        this.event = event;
    }

    Event event() {
        return event;
    }

    /** @throws MappingFailed if the payload is no JSON object */
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
}
