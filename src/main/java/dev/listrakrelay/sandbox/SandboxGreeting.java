package dev.listrakrelay.sandbox;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/** Prints commands to try once the relay accepts events, and waits until the relay is stopped. */
public final class SandboxGreeting implements QuarkusApplication {

    private final SandboxListrak listrak;

    SandboxGreeting(SandboxListrak listrak) {
        this.listrak = listrak;
    }

    @Override
    public int run(String... args) {
        System.out.println();
        System.out.print(listrak.hints().banner());
        Quarkus.waitForExit();
        return 0;
    }
}
