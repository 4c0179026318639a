package dev.listrakrelay.admin;

import dev.listrakrelay.spool.TracedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * Holds an event that Listrak accepted, so that a webhook of the same contact can follow it.
 *
 * @param name the event name of a track or the name of a page, else its type
 * @param at when Listrak accepted it
 */
record DeliveredEvent(String spool, long seq, String contact, String name, Instant at) {

    /** How long after an event a webhook may follow it. */
    static final Duration WINDOW = Duration.ofHours(24);

    /** Returns an event with its last step, which is that it was delivered. */
    static DeliveredEvent of(String spool, TracedEvent traced) {
        String name = traced.event().name();
        return new DeliveredEvent(
                spool,
                traced.event().seq(),
                traced.event().contact(),
                name.isEmpty() ? traced.event().type() : name,
                traced.steps().get(traced.steps().size() - 1).at());
    }

    /**
     * Returns the event that a webhook follows: the latest one of its contact that Listrak accepted before, at most 24 h ago.
     *
     * @param names the names that the event may have; empty for any name
     */
    static Optional<DeliveredEvent> before(Instant webhook, Collection<DeliveredEvent> ofContact, Set<String> names) {
        return ofContact.stream()
                .filter(event -> names.isEmpty() || names.contains(event.name()))
                .filter(event -> !event.at().isAfter(webhook) && !event.at().isBefore(webhook.minus(WINDOW)))
                .max(Comparator.comparing(DeliveredEvent::at).thenComparing(DeliveredEvent::seq));
    }
}
