package dev.listrakrelay.admin;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Who may administer. */
@ConfigMapping(prefix = "admin")
public interface AdminConfig {

    /** The bearer token that every call has to show; without one, administration is off but in sandbox and dev. */
    Optional<String> token();
}
