package dev.listrakrelay.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * Measures how long {@code /admin/events} takes to find the events of a contact, a userId, a messageId and an order.
 */
final class Find {
    static final String TOKEN = "bench";

    private static final int SEARCHES = 50;
    private static final int DEFAULT_EVENTS = 200_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final SplittableRandom random = new SplittableRandom(42);
    private final int managementPort = Programs.freePort();
    private final Options options;

    private Find(Options options) throws IOException {
        this.options = options;
    }

    static void run(Options options) throws Exception {
        new Find(options).measure();
    }

    private void measure() throws Exception {
        int events = (int) Math.min(options.events(), DEFAULT_EVENTS);
        int sinkPort = Programs.freePort();
        int port = Programs.freePort();
        Programs programs = new Programs(options, sinkPort);
        Scenario scenario =
                new Scenario("find", Scenario.Program.RELAY, "/v1/batch", events, 100, options.connections());
        SinkClient sink = new SinkClient(sinkPort);
        try (Child sinkProcess = programs.sink();
                Child relay = programs.start(scenario, port, managementPort, "");
                Generator generator = new Generator()) {
            Requests requests = new Requests(scenario.path(), scenario.eventsPerRequest(), false);
            Load load = generator.run(
                    List.of(port), requests, scenario.requests(), scenario.connections(), Load.AS_ANSWERED);
            sink.await(load.accepted() * scenario.eventsPerRequest());
            System.out.printf(Locale.ROOT, "%nfind, among %,d delivered events, %d searches each:%n", events, SEARCHES);
            report("e-mail", i -> "contact=user%05d@example.com".formatted(random.nextInt(Requests.CONTACTS)));
            report("userId", i -> "contact=user-%05d".formatted(random.nextInt(Requests.CONTACTS)));
            report("messageId", i -> "messageId=bench-%013d".formatted(random.nextInt(events)));
            report("order", i -> "order=ORD-%013d".formatted(random.nextInt(events)));
        }
    }

    private void report(String key, IntFunction<String> query) throws IOException, InterruptedException {
        List<Long> micros = new ArrayList<>();
        int found = 0;
        for (int i = 0; i < SEARCHES; i++) {
            URI events = URI.create("http://127.0.0.1:" + managementPort + "/admin/events?" + query.apply(i));
            HttpRequest request = HttpRequest.newBuilder(events)
                    .header("Authorization", "Bearer " + TOKEN)
                    .build();
            long begin = System.nanoTime();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            micros.add(Duration.ofNanos(System.nanoTime() - begin).toNanos() / 1_000);
            if (answer.statusCode() != 200) {
                throw new IOException(events.getPath() + ": status " + answer.statusCode() + ": " + answer.body());
            }
            found += answer.body().contains("\"messageId\"") ? 1 : 0;
        }
        Collections.sort(micros);
        System.out.printf(
                Locale.ROOT,
                "%-10s median %,8.1f ms, slowest %,8.1f ms, %d found%n",
                key,
                micros.get(SEARCHES / 2) / 1e3,
                micros.get(SEARCHES - 1) / 1e3,
                found);
    }
}
