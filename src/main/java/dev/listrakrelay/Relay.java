package dev.listrakrelay;

import dev.listrakrelay.start.Start;

/**
 * Starts Listrak Relay, or runs the command that the program was called with.
 *
 * <p>{@code quarkus.package.main-class} names this class. With an annotation instead, Camel would start after the HTTP port
 * is open, and requests in between would be answered with 404.
 */
public final class Relay {

    private Relay() {}

    public static void main(String... args) {
        System.exit(Start.with(args));
    }
}
