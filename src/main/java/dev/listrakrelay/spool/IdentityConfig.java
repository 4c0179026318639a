package dev.listrakrelay.spool;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Whether, and for how long, it is known which e-mail goes with a userId or anonymousId. */
@ConfigMapping(prefix = "identity")
public interface IdentityConfig {

    /** Whether e-mails are learned and filled in; where not, what was learned before is forgotten. */
    @WithDefault("true")
    boolean enabled();

    /** How long one is known after the last event that told it or was filled in with it. */
    @WithDefault("365d")
    Duration ttl();
}
