package dev.listrakrelay.spool;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether, and for how long, it is known which e-mail goes with a userId or anonymousId. */
@ConfigMapping(prefix = "identity")
public interface IdentityConfig {

    /** Whether e-mails are learned and filled in; where not, what was learned before is forgotten. */
    @WithDefault("true")
    boolean enabled();

    /** Ids that are nobody's, in any case; blank ones never are somebody's. */
    @WithDefault("null,undefined,none,nil,nan,0,-1,true,false,anonymous,guest,unknown,n/a,{},[object Object],"
            + "00000000-0000-0000-0000-000000000000")
    Optional<List<String>> standInIds();

    /** How long one is known after the last event that told it or was filled in with it. */
    @WithDefault("365d")
    Duration ttl();
}
