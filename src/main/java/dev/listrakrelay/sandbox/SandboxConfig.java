package dev.listrakrelay.sandbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Configures where the sandbox Listrak listens ({@code sandbox.*}). */
@ConfigMapping(prefix = "sandbox")
public interface SandboxConfig {

    /** Port on the loopback interface, from 0 to 65535; 0 uses any free port. */
    @WithDefault("8090")
    int port();
}
