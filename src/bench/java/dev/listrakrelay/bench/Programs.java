package dev.listrakrelay.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts the programs to measure, and the sink that they deliver to. */
final class Programs {
    static final String WRITE_KEY = "bench";

    private final Options options;
    private final Path app;
    private final int sinkPort;

    Programs(Options options, int sinkPort) {
        this(options, options.app(), sinkPort);
    }

    /** @param app the folder of the build to measure */
    Programs(Options options, Path app, int sinkPort) {
        this.options = options;
        this.app = app;
        this.sinkPort = sinkPort;
    }

    /** A port that is free now. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Prints the cause and ends this process with 1. */
    static void exit(Throwable cause) {
        cause.printStackTrace();
        System.exit(1);
    }

    Child sink() throws IOException, InterruptedException {
        List<String> arguments =
                List.of("-Xmx128m", "-XX:+UseSerialGC", "-cp", classPath(), Sink.class.getName(), "" + sinkPort);
        return Child.start(arguments, Map.of(), options.work().resolve("sink.log"))
                .awaitOk(new SinkClient(sinkPort).at("/count"));
    }

    /**
     * Starts the scenario's program, and waits until it is ready.
     *
     * @param port where the program accepts requests
     * @param kafka address of the Kafka for the Kafka source or the Kafka spool; empty if the scenario needs none
     */
    Child start(Scenario scenario, int port, String kafka) throws IOException, InterruptedException {
        return start(scenario, port, freePort(), kafka);
    }

    /** Does the same, with the given port for health and administration. */
    Child start(Scenario scenario, int port, int managementPort, String kafka)
            throws IOException, InterruptedException {
        Path data = Files.createDirectories(options.data().resolve("" + port));
        Path output = options.work().resolve(scenario.name().replaceAll("\\W+", "-") + "-" + port + ".log");
        List<String> arguments =
                new ArrayList<>(Arrays.asList(options.javaOptions(app).split(" +")));
        if (scenario.program() == Scenario.Program.BARE) {
            Path log = data.resolve("append.log");
            arguments.addAll(List.of("-cp", classPath(), BareProbe.class.getName()));
            arguments.addAll(List.of("" + port, "" + sinkPort, log.toString()));
            return Child.start(arguments, Map.of(), output).awaitOk(ready(port));
        }
        if (scenario.program() == Scenario.Program.PLAIN) {
            arguments.add("-Dcamel.main.routes-include-pattern=file:" + options.plainRoutes());
        }
        arguments.addAll(List.of("-jar", app.resolve("quarkus-run.jar").toString()));
        Map<String, String> environment = new HashMap<>(environment(port, managementPort, data));
        environment.put("ADMIN_TOKEN", Find.TOKEN);
        environment.put("ADMIN_FIND_FIELD", "$.properties.order_id");
        if (scenario.program() == Scenario.Program.KAFKA) {
            environment.put("SOURCE_KAFKA_ENABLED", "true");
            environment.put("SOURCE_KAFKA_BROKERS", kafka);
            environment.put("SOURCE_KAFKA_TOPICS", KafkaTopic.NAME);
        }
        if (scenario.program() == Scenario.Program.SCALE) {
            environment.put("SPOOL_ENGINE", "kafka");
            environment.put("SPOOL_KAFKA_BROKERS", kafka);
            environment.put("SPOOL_KAFKA_REPLICATION_FACTOR", "1");
            environment.put("SPOOL_KAFKA_MIN_INSYNC_REPLICAS", "1");
        }
        return Child.start(arguments, environment, output).awaitOk(ready(managementPort));
    }

    private Map<String, String> environment(int port, int managementPort, Path data) {
        String sink = "http://127.0.0.1:" + sinkPort;
        return Map.of(
                "LISTRAK_CLIENT_ID",
                "bench",
                "LISTRAK_CLIENT_SECRET",
                "bench",
                "LISTRAK_COMPANY_ID",
                "12345",
                "LISTRAK_EVENT_UID",
                "00000000-0000-4000-8000-000000000001",
                "LISTRAK_API_URL",
                sink,
                "LISTRAK_AUTH_URL",
                sink + "/token",
                "SOURCE_REST_WRITE_KEYS",
                WRITE_KEY,
                "SPOOL_DIR",
                data.toAbsolutePath().toString(),
                "QUARKUS_HTTP_PORT",
                "" + port,
                "QUARKUS_MANAGEMENT_PORT",
                "" + managementPort);
    }

    private static URI ready(int port) {
        return URI.create("http://127.0.0.1:" + port + "/q/health/ready");
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }
}
