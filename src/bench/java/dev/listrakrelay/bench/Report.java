package dev.listrakrelay.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reports the results: a table for people, and JSON to compare with other runs. */
final class Report {
    private static final String HEAD = "%-22s %10s %10s %8s %8s %8s %11s %9s %8s %8s %8s%n";
    private static final String ROW = "%-22s %,10d %,10.0f %8.1f %8.1f %8.1f %,11.0f %9.1f %8d %8.1f %8d%n";

    private final Options options;
    private final List<Result> results;

    Report(Options options, List<Result> results) {
        this.options = options;
        this.results = results;
    }

    void print() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT,
                HEAD,
                "",
                "events",
                "accepted/s",
                "p50 ms",
                "p99 ms",
                "max ms",
                "delivered/s",
                "ev/req",
                "RSS MiB",
                "cpu µs",
                "refused"));
        results.forEach(result -> table.append(row(result)));
        ratios().forEach(ratio -> table.append(ratio.getKey())
                .append(": ")
                .append(ratio.getValue())
                .append('\n'));
        results.stream().filter(result -> !result.complete()).forEach(result -> table.append(incomplete(result)));
        System.out.print("\n" + table);
    }

    private static String row(Result result) {
        return String.format(
                Locale.ROOT,
                ROW,
                result.scenario().isBefore() ? "  before" : result.scenario().name(),
                result.accepted(),
                result.acceptedPerSecond(),
                result.p50Micros() / 1e3,
                result.p99Micros() / 1e3,
                result.maxMicros() / 1e3,
                result.deliveredPerSecond(),
                (double) result.delivered() / Math.max(1, result.sinkRequests()),
                result.peakRssMib(),
                result.cpuMicros(),
                result.refused());
    }

    private static String incomplete(Result result) {
        return String.format(
                Locale.ROOT,
                "%s: accepted %,d, delivered %,d, refused requests %,d%n",
                result.scenario().name(),
                result.accepted(),
                result.delivered(),
                result.refused());
    }

    /** Events delivered per second, the relay's divided by another program's in the same run. */
    private JsonObject ratios() {
        JsonObject ratios = new JsonObject();
        rate(Scenario.RELAY).ifPresent(relay -> {
            rate(Scenario.PLAIN).ifPresent(plain -> ratios.put("relay/plain", twoDigits(relay / plain)));
            rate(Scenario.BARE).ifPresent(bare -> ratios.put("relay/bare", twoDigits(relay / bare)));
            rate(Scenario.SLOW).ifPresent(slow -> ratios.put("slow Listrak/relay", twoDigits(slow / relay)));
            rate(Scenario.KAFKA).ifPresent(kafka -> ratios.put("Kafka/relay", twoDigits(kafka / relay)));
            rate(Scenario.SCALE + options.replicas())
                    .ifPresent(kafka -> ratios.put("Kafka spool/relay", twoDigits(kafka / relay)));
        });
        for (Result before : results) {
            if (before.scenario().isBefore()) {
                now(before).ifPresent(now -> {
                    String name = before.scenario().name();
                    ratios.put(
                            name + ", delivered/s, now/before",
                            twoDigits(now.deliveredPerSecond() / before.deliveredPerSecond()));
                    ratios.put(name + ", cpu µs, now/before", twoDigits(now.cpuMicros() / before.cpuMicros()));
                });
            }
        }
        return ratios;
    }

    private Optional<Result> now(Result before) {
        return results.stream()
                .filter(result -> result.scenario().ofBefore().equals(before.scenario())
                        && !result.scenario().isBefore())
                .findFirst();
    }

    private Optional<Double> rate(String name) {
        return results.stream()
                .filter(result -> result.scenario().name().equals(name)
                        && !result.scenario().isBefore())
                .map(Result::deliveredPerSecond)
                .findFirst();
    }

    private static double twoDigits(double value) {
        return Math.round(value * 100) / 100.0;
    }

    void write() throws IOException {
        JsonArray rows = new JsonArray();
        results.forEach(result -> rows.add(json(result)));
        JsonObject report = new JsonObject()
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("java", System.getProperty("java.version"))
                .put("javaOptions", options.javaOptions())
                .put("rows", rows)
                .put("ratios", ratios());
        Files.writeString(options.report(), report.encodePrettily() + "\n");
    }

    private static JsonObject json(Result result) {
        return new JsonObject()
                .put("name", result.scenario().name())
                .put("before", result.scenario().isBefore())
                .put("connections", result.scenario().connections())
                .put("eventsPerRequest", result.scenario().eventsPerRequest())
                .put("accepted", result.accepted())
                .put("refusedRequests", result.refused())
                .put("acceptedPerSecond", Math.round(result.acceptedPerSecond()))
                .put("p50Micros", result.p50Micros())
                .put("p99Micros", result.p99Micros())
                .put("maxMicros", result.maxMicros())
                .put("delivered", result.delivered())
                .put("sinkRequests", result.sinkRequests())
                .put("deliveredPerSecond", Math.round(result.deliveredPerSecond()))
                .put("peakRssMib", result.peakRssMib())
                .put("cpuMillis", result.cpu().toMillis());
    }
}
