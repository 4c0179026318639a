package dev.listrakrelay.mapping;

import java.util.Optional;
import java.util.UUID;

/**
 * The custom event at Listrak that an event is posted to.
 *
 * @param eventUid where a rule names one of its own; else {@code listrak.event-uid}
 * @param companyId where a rule names one of its own; else {@code listrak.company-id}
 */
public record CustomEvent(Optional<UUID> eventUid, Optional<Long> companyId) {

    /** The one that is configured. */
    public static final CustomEvent CONFIGURED = new CustomEvent(Optional.empty(), Optional.empty());
}
