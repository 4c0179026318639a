package dev.listrakrelay.mapping;

import java.util.Optional;
import java.util.UUID;

/**
 * The custom event at Listrak that an event is posted to.
 *
 * @param account whose it is: {@code listrak}, or the name in {@code listrak.<name>.*}
 * @param eventUid where a rule names one of its own; else the account's
 * @param companyId where a rule names one of its own; else the account's
 */
public record CustomEvent(String account, Optional<UUID> eventUid, Optional<Long> companyId) {

    /** The account of rules that name none. */
    public static final String DEFAULT_ACCOUNT = "listrak";

    /** The one that is configured. */
    public static final CustomEvent CONFIGURED = new CustomEvent(DEFAULT_ACCOUNT, Optional.empty(), Optional.empty());

    /** Whether it is its account's own. */
    public boolean isConfigured() {
        return eventUid.isEmpty() && companyId.isEmpty();
    }
}
