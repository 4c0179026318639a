package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import org.apache.camel.util.ObjectHelper;

/** Makes dead letters of events that can't be mapped, so that they can be replayed once the mapping is mended. */
public final class Unmappable {

    private Unmappable() {}

    /** What becomes of an event that a step on its way failed with. */
    public static Settlement.Dead failed(Exception failure) {
        // a split into parts puts another around it
        MappingFailed why = ObjectHelper.getException(MappingFailed.class, failure);
        return Settlement.Dead.unmappable(why == null ? failure.getClass().getName() : why.getMessage());
    }

    /** What becomes of a queue's message that no event could be read from; null of any other. */
    public static Settlement.Dead unreadable(Event event) {
        return event.type().equals(Event.UNREADABLE) ? new Settlement.Dead(Event.UNREADABLE, event.name()) : null;
    }
}
