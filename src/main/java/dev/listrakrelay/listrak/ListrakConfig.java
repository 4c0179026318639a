package dev.listrakrelay.listrak;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The settings of the default Listrak account, and of the further accounts that the mapping can name. */
@ConfigMapping(prefix = "listrak")
public interface ListrakConfig {

    /** The integration's client id. */
    String clientId();

    /** The integration's client secret, as Listrak shows it; the relay form-encodes it. */
    String clientSecret();

    /** The company's number in Listrak. */
    long companyId();

    /** The UID of the custom event to post to. */
    UUID eventUid();

    /** The URL of the Cross Channel API. */
    @WithDefault("https://api.listrak.com/crosschannel/v1")
    URI apiUrl();

    /** The URL of the token endpoint. */
    @WithDefault("https://auth.listrak.com/OAuth2/Token")
    URI authUrl();

    /** The format of requests. */
    @WithDefault("event")
    RequestStyle requestStyle();

    /** The longest time from the first byte of a request to the last byte of its answer. */
    @WithDefault("30s")
    Duration deadline();

    /** The most events that this process sends to the account in a second, on average; empty: any number. */
    @Min(1)
    @Max(1_000_000)
    Optional<Long> maxEventsPerSecond();

    /** The time between two checks of the mapping against Listrak's custom events; zero switches the check off. */
    @WithDefault("1h")
    Duration schemaCheck();

    /** Whether the relay removes the fields that Listrak would discard: unknown fields, and fields of a wrong type. */
    @WithDefault("false")
    boolean strict();

    /** Further accounts by name: lower-case letters and digits, with single hyphens between them. */
    @WithParentName
    Map<String, Named> named();

    /** The settings of a named account. The first four are required, except in the sandbox; see {@link AccountSettingsCheck}. */
    interface Named {

        /** Its integration's client id. */
        Optional<String> clientId();

        /** Its integration's client secret. */
        Optional<String> clientSecret();

        /** Its company's number in Listrak. */
        Optional<Long> companyId();

        /** The UID of its custom event. */
        Optional<UUID> eventUid();

        /** The URL of its Cross Channel API. If unset, the URL of the default account. */
        Optional<URI> apiUrl();

        /** The URL of its token endpoint. If unset, the URL of the default account. */
        Optional<URI> authUrl();

        /** The format of its requests. If unset, the format of the default account. */
        Optional<RequestStyle> requestStyle();

        /** The most events that this process sends to it in a second. If unset, as many as for the default account. */
        @Min(1)
        @Max(1_000_000)
        Optional<Long> maxEventsPerSecond();
    }
}
