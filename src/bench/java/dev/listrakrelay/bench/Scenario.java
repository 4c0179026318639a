package dev.listrakrelay.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * One row of the table: the program to measure, and its load.
 *
 * @param name the row's name
 * @param program the program to measure
 * @param path where events are posted
 * @param events events measured, after a warm-up
 * @param eventsPerRequest events in one request
 * @param connections keep-alive connections
 * @param isBefore whether the build to compare with is measured
 */
record Scenario(
        String name,
        Program program,
        String path,
        long events,
        int eventsPerRequest,
        int connections,
        boolean isBefore) {
    static final String PLAIN = "plain route, batches";
    static final String BARE = "bare probe, batches";
    static final String RELAY = "relay, batches";
    static final String SINGLES = "relay, singles";
    static final String OPEN = "relay, open loop";
    static final String SLOW = "relay, slow Listrak";
    static final String KAFKA = "relay, Kafka";
    static final String SCALE = "relay, Kafka spool x";

    private static final int BATCH = 100;

    enum Program {
        PLAIN,
        BARE,
        RELAY,
        OPEN,
        SLOW,
        KAFKA,
        SCALE
    }

    Scenario(String name, Program program, String path, long events, int eventsPerRequest, int connections) {
        this(name, program, path, events, eventsPerRequest, connections, false);
    }

    /** The same row for the build to compare with. */
    Scenario ofBefore() {
        return new Scenario(name, program, path, events, eventsPerRequest, connections, true);
    }

    /** Whether the relay is measured, so that two builds of it can be compared. */
    boolean isOfRelay() {
        return program != Program.PLAIN && program != Program.BARE;
    }

    /** The rows that were asked for, in the order they are run. */
    static List<Scenario> of(Options options) {
        int connections = options.connections();
        return List.of(
                        new Scenario(PLAIN, Program.PLAIN, "/plain", options.plainEvents(), BATCH, connections),
                        new Scenario(BARE, Program.BARE, "/v1/batch", options.events(), BATCH, connections),
                        new Scenario(RELAY, Program.RELAY, "/v1/batch", options.events(), BATCH, connections),
                        new Scenario(
                                SINGLES,
                                Program.RELAY,
                                "/v1/track",
                                options.singles(),
                                1,
                                options.singlesConnections()),
                        new Scenario(
                                OPEN, Program.OPEN, "/v1/track", options.singles(), 1, options.singlesConnections()),
                        new Scenario(SLOW, Program.SLOW, "/v1/batch", options.events(), BATCH, connections),
                        new Scenario(KAFKA, Program.KAFKA, "/v1/track", options.events(), 1, 1),
                        new Scenario(
                                SCALE + options.replicas(),
                                Program.SCALE,
                                "/v1/batch",
                                options.events(),
                                BATCH,
                                connections))
                .stream()
                .filter(scenario ->
                        options.only().contains(scenario.program.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    long requests() {
        return Math.max(1, events / eventsPerRequest);
    }

    /** How long the sink waits before it answers. */
    Duration sinkDelay() {
        return program == Program.SLOW ? Duration.ofMillis(100) : Duration.ZERO;
    }

    /**
     * Requests of the warm-up: twice as many as are measured, so that the program's code is compiled when measuring
     * starts.
     */
    long warmUpRequests() {
        return 2 * requests();
    }
}
