package dev.listrakrelay.admin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Who may administer. */
@ConfigMapping(prefix = "admin")
public interface AdminConfig {

    /** The bearer token that every call has to show; without one, administration is off but in sandbox and dev. */
    Optional<String> token();

    /** The bearer token of those who may look, with e-mail addresses masked, and change nothing. */
    Optional<String> readToken();

    /** The field of an event that has the order's number: the names of its members with dots between them. */
    @WithDefault("properties.order_id")
    String findField();
}
