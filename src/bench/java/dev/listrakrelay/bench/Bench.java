package dev.listrakrelay.bench;

import dev.listrakrelay.packaged.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the scenarios one after the other against one sink, each with a new process, and prints the table. */
final class Bench {
    private final Options options;
    private final Programs programs;
    private final Programs programsBefore;
    private final SinkClient sink;

    private Bench(Options options, int sinkPort) {
        this.options = options;
        programs = new Programs(options, sinkPort);
        programsBefore = options.before()
                .map(app -> new Programs(options, app, sinkPort))
                .orElse(programs);
        sink = new SinkClient(sinkPort);
    }

    /** Exits with 1 if a scenario could not run, or if an accepted event did not arrive or arrived twice. */
    public static void main(String[] args) throws Exception {
        Options options = Options.read();
        if (options.only().contains("mapping")) {
            MappingBenchmark.run();
            return;
        }
        clear(options.work());
        Files.createDirectories(options.work());
        if (options.only().contains("start")) {
            StartUp.run(options);
            return;
        }
        if (options.only().contains("find")) {
            Find.run(options);
            clear(options.data());
            System.exit(0);
        }
        boolean complete = new Bench(options, Programs.freePort()).run();
        System.exit(complete ? 0 : 1);
    }

    private boolean run() throws Exception {
        List<Scenario> scenarios = runs();
        List<Result> results = new ArrayList<>();
        try (Child sinkProcess = programs.sink();
                Generator generator = new Generator()) {
            for (Scenario scenario : scenarios) {
                System.out.println("running: " + scenario.name() + (scenario.isBefore() ? ", before" : ""));
                clear(options.data());
                try {
                    results.add(measure(scenario, generator, results));
                } catch (Exception e) {
                    System.out.println(scenario.name() + ": " + e);
                }
            }
        }
        clear(options.data());
        Report report = new Report(options, medians(results));
        report.print();
        report.write();
        return results.size() == scenarios.size() && results.stream().allMatch(Result::complete);
    }

    /** All runs. With a build to compare with, the two builds alternate. */
    private List<Scenario> runs() {
        List<Scenario> rows = Scenario.of(options);
        if (options.before().isEmpty()) {
            return rows;
        }
        List<Scenario> runs = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            boolean isBeforeFirst = round % 2 == 1;
            for (Scenario row : rows) {
                if (!row.isOfRelay()) {
                    runs.add(row);
                } else if (isBeforeFirst) {
                    runs.addAll(List.of(row.ofBefore(), row));
                } else {
                    runs.addAll(List.of(row, row.ofBefore()));
                }
            }
        }
        return runs;
    }

    private static List<Result> medians(List<Result> results) {
        return results.stream()
                .collect(Collectors.groupingBy(Result::scenario, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(Result::median)
                .toList();
    }

    private Result measure(Scenario scenario, Generator generator, List<Result> earlier) throws Exception {
        List<Integer> ports = List.of(Programs.freePort());
        Requests requests = new Requests(scenario.path(), scenario.eventsPerRequest(), options.gzip());
        if (scenario.program() == Scenario.Program.KAFKA) {
            try (KafkaTopic topic = new KafkaTopic(options.work().resolve("kafka"))) {
                return measure(scenario, ports, topic.url(), total -> topic.send(requests, total));
            }
        }
        if (scenario.program() == Scenario.Program.SCALE) {
            try (KafkaBroker broker = new KafkaBroker(options.work().resolve("spool"))) {
                broker.start();
                List<Integer> all = freePorts(options.replicas());
                return measure(
                        scenario,
                        all,
                        broker.url(),
                        total -> generator.run(all, requests, total, scenario.connections(), Load.AS_ANSWERED));
            }
        }
        Poster asAnswered = total -> generator.run(ports, requests, total, scenario.connections(), Load.AS_ANSWERED);
        if (scenario.program() == Scenario.Program.OPEN) {
            int rate = options.rate().orElseGet(() -> halfOfSingles(earlier));
            System.out.println("at " + rate + " events per second");
            return measure(
                    scenario,
                    ports,
                    "",
                    asAnswered,
                    total -> generator.run(ports, requests, total, scenario.connections(), rate));
        }
        return measure(scenario, ports, "", asAnswered);
    }

    /**
     * Returns half of the events per second that the first row of single events delivered; 2,000 without that row. The first
     * row decides, so that both builds are measured at one rate.
     */
    private static int halfOfSingles(List<Result> results) {
        return results.stream()
                .filter(result -> result.scenario().name().equals(Scenario.SINGLES))
                .mapToInt(result -> (int) (result.deliveredPerSecond() / 2))
                .findFirst()
                .orElse(2_000);
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ports.add(Programs.freePort());
        }
        return ports;
    }

    private Result measure(Scenario scenario, List<Integer> ports, String kafka, Poster poster) throws Exception {
        return measure(scenario, ports, kafka, poster, poster);
    }

    private Result measure(Scenario scenario, List<Integer> ports, String kafka, Poster warmUpPoster, Poster poster)
            throws Exception {
        try (Replicas program = new Replicas()) {
            for (int port : ports) {
                program.add((scenario.isBefore() ? programsBefore : programs).start(scenario, port, kafka));
            }
            sink.reset(scenario.sinkDelay());
            Load warmUp = warmUpPoster.post(scenario.warmUpRequests());
            sink.await(warmUp.accepted() * scenario.eventsPerRequest());
            sink.reset(scenario.sinkDelay());
            Duration cpuBefore = program.cpu();
            Load load = poster.post(scenario.requests());
            if (load.refused() > 0) {
                System.out.println("refused, the last one by status " + load.lastRefusal());
            }
            SinkCount arrived = sink.await(load.accepted() * scenario.eventsPerRequest());
            Duration cpu = program.cpu().minus(cpuBefore);
            return Result.of(scenario, load, arrived, program.peakRssMib(), cpu);
        }
    }

    /** Posts the given number of requests, and returns when the last one is answered. */
    private interface Poster {
        Load post(long requests) throws Exception;
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
