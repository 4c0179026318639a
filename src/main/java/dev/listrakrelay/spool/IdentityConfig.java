package dev.listrakrelay.spool;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Configures whether and for how long the relay remembers the e-mail of a userId or anonymousId, and whether it holds
 * events until it learns one ({@code identity.*}).
 */
@ConfigMapping(prefix = "identity")
public interface IdentityConfig {

    /** Whether e-mails are learned and filled in. If not, the relay deletes the learned ones. */
    @WithDefault("true")
    boolean enabled();

    /** Stand-in ids, in upper or lower case. A blank id is always one. */
    @WithDefault("null,undefined,none,nil,nan,0,-1,true,false,anonymous,guest,unknown,n/a,{},[object Object],"
            + "00000000-0000-0000-0000-000000000000")
    Optional<List<String>> standInIds();

    /** How long an e-mail is remembered after the last event that had it or got it. */
    @WithDefault("365d")
    Duration ttl();

    /** How long an event that only lacks an e-mail is held until an event teaches it, up to 24 h; 0 holds none. */
    @WithDefault("0")
    Duration hold();

    /** The most events that are held at a time, 1 to 10,000,000. Others are mapped at once. */
    @WithDefault("100000")
    @Min(1)
    @Max(10_000_000)
    int holdAtMost();
}
