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
        String step = FailedStep.of(failed).orElse("a step failed");
        Settlement.Dead dead = Settlement.Dead.unmappable(step + ": " + cause(failed.getException()));
        LOG.warnf("mapping_failed: %s", dead.answer());
        return dead;
    }

    /** In words. A message is left out, for it may quote the event; the path of a query is the route's own. */
    private static String cause(Exception failure) {
        PathNotFoundException notFound = ObjectHelper.getException(PathNotFoundException.class, failure);
        return notFound == null ? kind(failure) : notFound.getMessage();
    }

    /** What the first cause is called: number format, null pointer. */
    private static String kind(Throwable failure) {
        Throwable first =
                Stream.iterate(failure, Objects::nonNull, Throwable::getCause).reduce(failure, (outer, inner) -> inner);
        return first.getClass()
                .getSimpleName()
                .replaceFirst("(Exception|Error)$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** What becomes of a queue's message that no event could be read from; null of any other. */
    public static Settlement.Dead unreadable(Event event) {
        return event.type().equals(Event.UNREADABLE) ? new Settlement.Dead(Event.UNREADABLE, event.name()) : null;
    }
}
