package dev.listrakrelay.ingest;

import dev.listrakrelay.spool.Event;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers when each of a few events last arrived. Without such events it does nothing. */
@ApplicationScoped
public class EventArrivals {

    private final Clock clock;
    private final Map<String, Instant> last = new ConcurrentHashMap<>();

    public EventArrivals(Clock clock) {
        this.clock = clock;
    }

    /** Remembers these events from now on; each counts as arrived now. */
    public void watch(Collection<String> events) {
        Instant now = clock.instant();
        events.forEach(event -> last.putIfAbsent(event, now));
    }

    /** Sets when an event arrived before the last stop, unless nobody watches it. */
    public void restore(String event, Instant at) {
        last.computeIfPresent(event, (name, start) -> at);
    }

    /** Notes events that arrive now. */
    public void note(List<Event> events) {
        if (last.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        for (Event event : events) {
            String name = nameOf(event);
            if (last.containsKey(name)) {
                last.put(name, now);
            }
        }
    }

    /** Returns the event's name; its type if it has no name. */
    private static String nameOf(Event event) {
        return event.name().isEmpty() ? event.type() : event.name();
    }

    /** Returns when a watched event last arrived. */
    public Instant last(String event) {
        return last.get(event);
    }
}
