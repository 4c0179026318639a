package dev.listrakrelay.listrak;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The Listrak account that events are delivered to, and further ones that rules of the mapping name. */
@ConfigMapping(prefix = "listrak")
public interface ListrakConfig {

    /** The integration's client id. */
    String clientId();

    /** The integration's client secret, as Listrak shows it; it is form-encoded on the way. */
    String clientSecret();

    /** The company's number at Listrak. */
    long companyId();

    /** The custom event that events are posted to. */
    UUID eventUid();

    /** Where Cross Channel's API is. */
    @WithDefault("https://api.listrak.com/crosschannel/v1")
    URI apiUrl();

    /** Where tokens are given out. */
    @WithDefault("https://auth.listrak.com/OAuth2/Token")
    URI authUrl();

    /** How events are posted. */
    @WithDefault("event")
    RequestStyle requestStyle();

    /** When a request is given up, counted from its first byte to the last byte of the answer. */
    @WithDefault("30s")
    Duration deadline();

    /** How often the mapping is checked against Listrak's custom events; zero: never. */
    @WithDefault("1h")
    Duration schemaCheck();

    /** Whether fields that a custom event doesn't have, or can't take, are not sent. */
    @WithDefault("false")
    boolean strict();

    /** Further accounts, each under a name of its own: small letters, digits and hyphens. */
    @WithParentName
    Map<String, Named> named();

    /** What is set for a named account; the first four may be left out in the sandbox alone, see {@link AccountCheck}. */
    interface Named {

        /** Its integration's client id. */
        Optional<String> clientId();

        /** Its integration's client secret. */
        Optional<String> clientSecret();

        /** Its company's number at Listrak. */
        Optional<Long> companyId();

        /** Its custom event. */
        Optional<UUID> eventUid();

        /** Where its Cross Channel API is; else where the default account's is. */
        Optional<URI> apiUrl();

        /** Where its tokens are given out; else where the default account's are. */
        Optional<URI> authUrl();

        /** How its events are posted; else as the default account's. */
        Optional<RequestStyle> requestStyle();
    }
}
