package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.RawJson;
import java.io.IOException;

/** An event whose payload is read once, and only when something asks for it. Of one thread. */
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

    /** Names it without telling what is in it. */
    @Override
    public String toString() {
        return event.toString();
    }
}
