package dev.listrakrelay.mapping;

import com.jayway.jsonpath.PathNotFoundException;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;
import org.jboss.logging.Logger;

/** Makes dead letters of events that can't be mapped, so that they can be replayed after the mapping is fixed. */
public final class Unmappable {

    private static final Logger LOG = Logger.getLogger(Unmappable.class);

    private Unmappable() {}

    /** Returns the dead letter of an event that can't be mapped. */
    public static Settlement.Dead failed(MappingFailed failure) {
        return Settlement.Dead.unmappable(failure.getMessage());
    }

    /**
     * Returns the dead letter of an event at which a route step failed. It names the step, and nothing of the event.
     */
    public static Settlement.Dead failed(Exchange failed) {
        // a split wraps the exception in another one
        MappingFailed why = failed.getException(MappingFailed.class);
        if (why != null) {
            return failed(why);
        }
        String step = FailedStep.of(failed).orElse("a step failed");
        Settlement.Dead dead = Settlement.Dead.unmappable(step + ": " + cause(failed.getException()));
        LOG.warnf("mapping_failed: %s", dead.answer());
        return dead;
    }

    /**
     * Names the failure without its message, which can quote the event. The path of a query is safe, because it
     * comes from the route.
     */
    private static String cause(Exception failure) {
        PathNotFoundException notFound = ObjectHelper.getException(PathNotFoundException.class, failure);
        return notFound == null ? kind(failure) : notFound.getMessage();
    }

    /** Returns the class of the first cause in words, such as number format or null pointer. */
    private static String kind(Throwable failure) {
        Throwable first =
                Stream.iterate(failure, Objects::nonNull, Throwable::getCause).reduce(failure, (outer, inner) -> inner);
        return first.getClass()
                .getSimpleName()
                .replaceFirst("(Exception|Error)$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** Returns the dead letter of a queue's message that no event could be read from; null for any other event. */
    public static Settlement.Dead unreadable(Event event) {
        return event.type().equals(Event.UNREADABLE) ? new Settlement.Dead(Event.UNREADABLE, event.name()) : null;
    }
}
