package dev.listrakrelay.bench;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a run, from the system properties {@code bench.*}.
 *
 * @param only what to measure: relay, open, plain, bare, kafka, scale; or mapping, start or find, by itself
 * @param events events posted in batches to the relay and to the bare probe
 * @param singles events posted one by one
 * @param plainEvents events posted in batches to the plain route
 * @param connections keep-alive connections for batches
 * @param singlesConnections keep-alive connections for single events
 * @param rate events per second in the row open, whatever the answers
 * @param replicas how many processes share one Kafka in the row scale
 * @param gzip whether requests are compressed
 * @param javaOptions options of the Java process that is measured
 * @param jar the packaged program
 * @param plainRoutes the plain route's file pattern
 * @param before the folder of another build of the relay, a {@code quarkus-app}, to compare with
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
        int rate,
        int replicas,
        boolean gzip,
        String javaOptions,
        Path jar,
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
                (int) number("rate", 2_000),
                (int) number("replicas", 1),
                Boolean.parseBoolean(text("gzip", "false")),
                text("java-options", javaOptions(app)),
                jar(app),
                text("plain.routes", "src/bench/plain/*.camel.yaml"),
                Optional.of(text("before", ""))
                        .filter(folder -> !folder.isEmpty())
                        .map(Path::of),
                (int) number("rounds", 3),
                target.resolve("bench"),
                target.resolve("bench.json"));
    }

    /** The same for the build to compare with. */
    Options ofBefore() {
        Path app = before.orElseThrow();
        return new Options(
                only,
                events,
                singles,
                plainEvents,
                connections,
                singlesConnections,
                rate,
                replicas,
                gzip,
                text("java-options", javaOptions(app)),
                jar(app),
                plainRoutes,
                before,
                rounds,
                work,
                report);
    }

    private static Path jar(Path app) {
        return app.resolve("quarkus-run.jar");
    }

    private static String javaOptions(Path app) {
        return "@" + app + "/java.options -XX:SharedArchiveFile=" + app + "/relay.jsa";
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
