package dev.listrakrelay.listrak;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/** The Listrak account that events are delivered to. */
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
}
