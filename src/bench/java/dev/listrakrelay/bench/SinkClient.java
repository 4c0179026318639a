package dev.listrakrelay.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks the sink what it has received. */
final class SinkClient {
    private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LATE_MILLIS = 500;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    SinkClient(int port) {
        this.port = port;
    }

    /** Sets the counts to 0, and how long the sink waits before each answer. */
    void reset(Duration delay) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(at("/reset?delay=" + delay.toMillis()))
                .POST(BodyPublishers.noBody())
                .build());
    }

    SinkCount count() throws IOException, InterruptedException {
        return SinkCount.of(send(HttpRequest.newBuilder(at("/count")).build()));
    }

    /**
     * Waits until this many events have arrived, then 500 ms for events that arrive twice. Gives up if none arrives for
     * 30 seconds; the count then shows what is missing.
     */
    SinkCount await(long events) throws IOException, InterruptedException {
        SinkCount count = count();
        long progressNanos = System.nanoTime();
        while (count.events() < events && System.nanoTime() - progressNanos < STALLED_NANOS) {
            TimeUnit.MILLISECONDS.sleep(50);
            SinkCount now = count();
            if (now.events() > count.events()) {
                progressNanos = System.nanoTime();
            }
            count = now;
        }
        TimeUnit.MILLISECONDS.sleep(LATE_MILLIS);
        SinkCount last = count();
        return new SinkCount(last.events(), last.requests(), count.lastMillis());
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString()).body();
    }
}
