package dev.listrakrelay.sandbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Says where the sandbox Listrak listens: the {@code sandbox.*} properties. */
@ConfigMapping(prefix = "sandbox")
public interface SandboxConfig {

    /** Port on the loopback interface, 0 to 65535; 0 takes any free one. */
    @WithDefault("8090")
    int port();
}
