package dev.listrakrelay.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Posts the bare probe's events to the sink: up to 500 events in a request, and four requests at once. Holds 20,000
 * events. If it holds more, it calls the caller back only after it has sent enough. Runs on one event loop.
 */
final class BareOutlet {
    private static final int EVENTS_PER_REQUEST = 500;
    private static final int REQUESTS_AT_ONCE = 4;
    private static final int EVENTS_HELD = 20_000;

    private final HttpClient client;
    private final Queue<Piece> pieces = new ArrayDeque<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int held;
    private int underWay;

    private record Piece(Buffer events, int count) {}

    BareOutlet(Vertx vertx, int sinkPort) {
        client = vertx.createHttpClient(new HttpClientOptions()
                .setDefaultHost("127.0.0.1")
                .setDefaultPort(sinkPort)
                .setMaxPoolSize(REQUESTS_AT_ONCE));
    }

    /** Queues events, separated by commas as in their array. Calls {@code taken} when there is room for them. */
    void offer(Buffer events, int count, Runnable taken) {
        pieces.add(new Piece(events, count));
        held += count;
        if (held > EVENTS_HELD) {
            waiting.add(taken);
        } else {
            taken.run();
        }
        send();
    }

    private void send() {
        while (underWay < REQUESTS_AT_ONCE && !pieces.isEmpty()) {
            underWay++;
            post(nextBody());
        }
        while (held <= EVENTS_HELD && !waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    private Buffer nextBody() {
        Buffer body = Buffer.buffer(EVENTS_PER_REQUEST * 600).appendString("{\"events\":[");
        int count = 0;
        while (!pieces.isEmpty() && (count == 0 || count + pieces.peek().count() <= EVENTS_PER_REQUEST)) {
            Piece piece = pieces.remove();
            body.appendString(count == 0 ? "" : ",").appendBuffer(piece.events());
            count += piece.count();
        }
        held -= count;
        return body.appendString("]}");
    }

    private void post(Buffer body) {
        client.request(HttpMethod.POST, Sink.RAW)
                .compose((HttpClientRequest request) -> request.send(body))
                .compose(HttpClientResponse::body)
                .onFailure(Programs::exit)
                .onSuccess(answer -> {
                    underWay--;
                    send();
                });
    }
}
