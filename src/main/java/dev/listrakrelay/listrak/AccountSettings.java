package dev.listrakrelay.listrak;

import dev.listrakrelay.mapping.CustomEvent;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/**
 * How one Listrak account is reached, and what events are posted to there.
 *
 * @param name as rules call it: {@code listrak}, or the name in {@code listrak.<name>.*}
 */
record AccountSettings(
        String name,
        String clientId,
        String clientSecret,
        long companyId,
        UUID eventUid,
        URI apiUrl,
        URI authUrl,
        RequestStyle requestStyle) {

    private static final int SHOWN = 8;

    static AccountSettings ofDefault(ListrakConfig config) {
        return new AccountSettings(
                CustomEvent.DEFAULT_ACCOUNT,
                config.clientId(),
                config.clientSecret(),
                config.companyId(),
                config.eventUid(),
                config.apiUrl(),
                config.authUrl(),
                config.requestStyle());
    }

    /** What is set for a named account; for what isn't, what is set for the default one. */
    static AccountSettings of(String name, ListrakConfig.Named own, ListrakConfig config) {
        return new AccountSettings(
                name,
                own.clientId().orElseGet(config::clientId),
                own.clientSecret().orElseGet(config::clientSecret),
                own.companyId().orElseGet(config::companyId),
                own.eventUid().orElseGet(config::eventUid),
                own.apiUrl().orElseGet(config::apiUrl),
                own.authUrl().orElseGet(config::authUrl),
                own.requestStyle().orElseGet(config::requestStyle));
    }

    /** The destination's name, and that of the spool of its events where there is more than one account. */
    String destination() {
        return isDefault() ? name : CustomEvent.DEFAULT_ACCOUNT + "-" + name;
    }

    boolean isDefault() {
        return name.equals(CustomEvent.DEFAULT_ACCOUNT);
    }

    /** The custom event of rules that name none. */
    CustomEvent ownEvent() {
        return new CustomEvent(name, Optional.empty(), Optional.empty());
    }

    /** The property that sets something of it, such as {@code listrak.eu.client-id}. */
    String key(String last) {
        return isDefault() ? "listrak." + last : "listrak." + name + "." + last;
    }

    /** Enough of it to tell integrations apart. */
    String shortClientId() {
        return clientId.length() > SHOWN ? clientId.substring(0, SHOWN) + "…" : clientId;
    }

    RequestShape shape() {
        return new RequestShape(requestStyle, eventUid.toString(), String.valueOf(companyId));
    }

    /** Where events are posted. */
    String eventUrl(CustomEvent event) {
        return apiUrl + "/"
                + requestStyle.path(event.eventUid().orElse(eventUid).toString());
    }

    /** Names it without its credentials. */
    @Override
    public String toString() {
        return destination();
    }
}
