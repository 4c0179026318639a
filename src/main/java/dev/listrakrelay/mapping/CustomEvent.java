package dev.listrakrelay.mapping;

import java.util.Optional;
import java.util.UUID;

/**
 * The custom event in Listrak that an event is posted to.
 *
 * @param account the account: {@code listrak}, or the name in {@code listrak.<name>.*}
 * @param eventUid the rule's own event UID; empty: the account's
 * @param companyId the rule's own company id; empty: the account's
 */
public record CustomEvent(String account, Optional<UUID> eventUid, Optional<Long> companyId) {

    /** The account of rules that name none. */
    public static final String DEFAULT_ACCOUNT = "listrak";

    /** The custom event of the account {@code listrak}. */
    public static final CustomEvent CONFIGURED = new CustomEvent(DEFAULT_ACCOUNT, Optional.empty(), Optional.empty());

    /** Whether it is the custom event that its account configures. */
    public boolean isConfigured() {
        return eventUid.isEmpty() && companyId.isEmpty();
    }
}
