package dev.listrakrelay;

import dev.listrakrelay.start.Start;

/**
 * Listrak Relay: starts the service, or says what keeps it from starting.
 *
 * <p>Named by {@code quarkus.package.main-class}: an annotation would make Camel start after the HTTP port is open, and
 * what comes in between would be answered with 404.
 */
public final class Relay {

    private Relay() {}

    public static void main(String... args) {
        System.exit(Start.with(args));
    }
}
