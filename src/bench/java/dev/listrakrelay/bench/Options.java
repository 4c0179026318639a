package dev.listrakrelay.bench;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The options of a run, from the system properties {@code bench.*}.
 *
 * @param only what to measure: relay, open, slow, plain, bare, kafka, scale; or mapping, start or find, by itself
 * @param events events posted in batches to the relay and to the bare probe
 * @param singles events posted one by one
 * @param plainEvents events posted in batches to the plain route
 * @param connections keep-alive connections for batches
 * @param singlesConnections keep-alive connections for single events
 * @param rate events per second in the row open, whatever the answers; empty: half of what the row of single events delivered
 * @param replicas how many processes share one Kafka in the row scale
 * @param gzip whether requests are compressed
 * @param givenJavaOptions options of the Java process that is measured; empty: those of its build
 * @param app the folder of the packaged program, a {@code quarkus-app}
 * @param plainRoutes the plain route's file pattern
 * @param before the same folder of another build of the relay, to compare with
 * @param rounds how often each row is run if there is a build to compare with
 * @param work folder for spools and output, on the disk to be measured
 * @param report the file for the figures, as JSON
 */
record Options(
        Set<String> only,
        long events,
        long singles,
        long plainEvents,
        int connections,
        int singlesConnections,
        OptionalInt rate,
        int replicas,
        boolean gzip,
        Optional<String> givenJavaOptions,
        Path app,
        String plainRoutes,
        Optional<Path> before,
        int rounds,
        Path work,
        Path report) {

    /** The folder where the measured program stores its data. */
    Path data() {
        return work.resolve("data");
    }

    static Options read() {
        long events = number("events", 1_000_000);
        Path target = Path.of(text("target", "target"));
        Path app = target.resolve("quarkus-app");
        return new Options(
                Set.of(text("only", "plain,bare,relay").split(" *, *")),
                events,
                number("singles", events / 5),
                number("plain.events", events / 3),
                (int) number("connections", 16),
                (int) number("singles.connections", 64),
                optional("rate").map(Integer::parseInt).map(OptionalInt::of).orElse(OptionalInt.empty()),
                (int) number("replicas", 1),
                Boolean.parseBoolean(text("gzip", "false")),
                optional("java-options"),
                app,
                text("plain.routes", "src/bench/plain/*.camel.yaml"),
                optional("before").map(Path::of),
                (int) number("rounds", 3),
                target.resolve("bench"),
                target.resolve("bench.json"));
    }

    /** The Java options of the measured build. */
    String javaOptions() {
        return javaOptions(app);
    }

    /** The Java options of a build: those that were given, or its own with its class archive. */
    String javaOptions(Path build) {
        return givenJavaOptions.orElse("@" + build + "/java.options -XX:SharedArchiveFile=" + build + "/relay.jsa");
    }

    private static Optional<String> optional(String name) {
        return Optional.of(text(name, "")).filter(value -> !value.isEmpty());
    }

    private static String text(String name, String otherwise) {
        String value = System.getProperty("bench." + name, "");
        return value.isBlank() ? otherwise : value.trim();
    }

    private static long number(String name, long otherwise) {
        String value = text(name, "" + otherwise).replace("_", "").replace(",", "");
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException("bench." + name + ": expected a number from 1, found " + value);
        }
        return Long.parseLong(value);
    }
}
