package dev.listrakrelay.admin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Configures who may use the administration API ({@code admin.*}). */
@ConfigMapping(prefix = "admin")
public interface AdminConfig {

    /**
     * The bearer token that allows every call. Without a token, the API is disabled; in the sandbox and dev profiles, it needs
     * no token then.
     */
    Optional<String> token();

    /** The bearer token that allows only calls that read, with e-mail addresses masked. */
    Optional<String> readToken();

    /** The field of an event that has the order number: field names separated by dots. */
    @WithDefault("properties.order_id")
    String findField();
}
