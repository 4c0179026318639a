package dev.listrakrelay.listrak;

import dev.listrakrelay.mapping.CustomEvent;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/**
 * The settings of one Listrak account: its credentials, URLs, company and custom event.
 *
 * @param name the account's name in the mapping: {@code listrak}, or the name in {@code listrak.<name>.*}
 * @param maxEventsPerSecond the most events that may leave in a second, on average; empty: any number
 */
record AccountSettings(
        String name,
        String clientId,
        String clientSecret,
        long companyId,
        UUID eventUid,
        URI apiUrl,
        URI authUrl,
        RequestStyle requestStyle,
        Optional<Long> maxEventsPerSecond) {

    private static final int SHOWN_CHARACTERS = 8;

    static AccountSettings ofDefault(ListrakConfig config) {
        return new AccountSettings(
                CustomEvent.DEFAULT_ACCOUNT,
                config.clientId(),
                config.clientSecret(),
                config.companyId(),
                config.eventUid(),
                config.apiUrl(),
                config.authUrl(),
                config.requestStyle(),
                config.maxEventsPerSecond());
    }

    /** Returns the settings of a named account; an unset value comes from the default account. */
    static AccountSettings of(String name, ListrakConfig.Named own, ListrakConfig config) {
        return new AccountSettings(
                name,
                own.clientId().orElseGet(config::clientId),
                own.clientSecret().orElseGet(config::clientSecret),
                own.companyId().orElseGet(config::companyId),
                own.eventUid().orElseGet(config::eventUid),
                own.apiUrl().orElseGet(config::apiUrl),
                own.authUrl().orElseGet(config::authUrl),
                own.requestStyle().orElseGet(config::requestStyle),
                own.maxEventsPerSecond().or(config::maxEventsPerSecond));
    }

    /** Returns the name of its destination. With several accounts, its spool has the same name. */
    String destination() {
        return isDefault() ? name : CustomEvent.DEFAULT_ACCOUNT + "-" + name;
    }

    boolean isDefault() {
        return name.equals(CustomEvent.DEFAULT_ACCOUNT);
    }

    /** Returns the custom event for rules that don't name one. */
    CustomEvent defaultEvent() {
        return new CustomEvent(name, Optional.empty(), Optional.empty());
    }

    /** Returns the full property key for its last part, such as {@code listrak.eu.client-id}. */
    String key(String last) {
        return isDefault() ? "listrak." + last : "listrak." + name + "." + last;
    }

    /** Returns the first characters of the client id, enough to recognise the integration. */
    String shortClientId() {
        return clientId.length() > SHOWN_CHARACTERS ? clientId.substring(0, SHOWN_CHARACTERS) + "…" : clientId;
    }

    RequestFormat requestFormat() {
        return new RequestFormat(requestStyle, eventUid.toString(), String.valueOf(companyId));
    }

    /** Returns the URL to post events to. */
    String eventUrl(CustomEvent event) {
        return apiUrl + "/"
                + requestStyle.path(event.eventUid().orElse(eventUid).toString());
    }

    /** Returns the account's name, without credentials. */
    @Override
    public String toString() {
        return destination();
    }
}
