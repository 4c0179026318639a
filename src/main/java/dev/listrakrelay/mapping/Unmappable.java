package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import org.apache.camel.Exchange;
import org.jboss.logging.Logger;

/** Makes dead letters of events that can't be mapped, so that they can be replayed once the mapping is mended. */
public final class Unmappable {

    private static final Logger LOG = Logger.getLogger(Unmappable.class);

    private Unmappable() {}

    /** What becomes of an event that could not be read. */
    public static Settlement.Dead failed(MappingFailed failure) {
        return Settlement.Dead.unmappable(failure.getMessage());
    }

    /** What becomes of an event that a step on its way failed with: the step is named, and nothing of the event is told. */
    public static Settlement.Dead failed(Exchange failed) {
        // a split into parts puts another around it
        MappingFailed why = failed.getException(MappingFailed.class);
        if (why != null) {
            return failed(why);
        }
        String step = FailedStep.of(failed).map(name -> name + ": ").orElse("");
        Settlement.Dead dead = Settlement.Dead.unmappable(step + kind(failed.getException()));
        LOG.warnf("mapping_failed: %s", dead.answer());
        return dead;
    }

    private static String kind(Throwable failure) {
        return failure.getCause() == null ? failure.getClass().getName() : kind(failure.getCause());
    }

    /** What becomes of a queue's message that no event could be read from; null of any other. */
    public static Settlement.Dead unreadable(Event event) {
        return event.type().equals(Event.UNREADABLE) ? new Settlement.Dead(Event.UNREADABLE, event.name()) : null;
    }
}
