package dev.listrakrelay.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * The smallest fake Listrak that a program can deliver to: gives tokens, counts events and answers 200. It checks and
 * keeps nothing, so that the measured program gets the processor's cores.
 *
 * <p>{@code POST /Event} counts mapped events, {@code POST /raw} the unmapped ones of the bare probe. {@code GET
 * /count} answers a {@link SinkCount}, {@code POST /reset} sets the counts to 0. With {@code
 * ?delay=100}, every later answer to mapped events waits 100 ms.
 */
final class Sink {
    static final String MAPPED = "/Event";
    static final String RAW = "/raw";

    private static final Buffer TOKEN =
            Buffer.buffer("{\"access_token\":\"bench\",\"token_type\":\"bearer\",\"expires_in\":3599}");
    private static final Buffer OK = Buffer.buffer("{\"data\":[],\"meta\":{\"statusCode\":200}}");
    private static final Buffer NOTHING = Buffer.buffer("{}");

    private final Occurrences mapped = new Occurrences("\"identifiers\"");
    private final Occurrences raw = new Occurrences("\"messageId\"");
    private long events;
    private long requests;
    private long lastMillis;
    private long delayMillis;
    private final Vertx vertx;

    private Sink(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Listens on the loopback port in the only argument, until the process is ended. */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        Sink sink = new Sink(vertx);
        vertx.createHttpServer()
                .requestHandler(sink::handle)
                .listen(Integer.parseInt(args[0]), "127.0.0.1")
                .onFailure(Programs::exit);
    }

    private void handle(HttpServerRequest request) {
        switch (request.path()) {
            case MAPPED -> request.body().onSuccess(body -> count(request, mapped, body));
            case RAW -> request.body().onSuccess(body -> count(request, raw, body));
            case "/token" -> request.body().onSuccess(body -> answer(request, TOKEN));
            case "/count" -> answer(request, counted());
            case "/reset" -> reset(request);
            default -> request.response().setStatusCode(404).end();
        }
    }

    private void count(HttpServerRequest request, Occurrences occurrences, Buffer body) {
        events += occurrences.in(body.getBytes());
        requests++;
        lastMillis = System.currentTimeMillis();
        if (delayMillis == 0) {
            answer(request, OK);
        } else {
            vertx.setTimer(delayMillis, timer -> answer(request, OK));
        }
    }

    private Buffer counted() {
        return new JsonObject()
                .put("events", events)
                .put("requests", requests)
                .put("lastMillis", lastMillis)
                .toBuffer();
    }

    private void reset(HttpServerRequest request) {
        events = 0;
        requests = 0;
        String delay = request.getParam("delay");
        delayMillis = delay == null ? 0 : Long.parseLong(delay);
        answer(request, NOTHING);
    }

    private static void answer(HttpServerRequest request, Buffer body) {
        request.response().putHeader("content-type", "application/json").end(body);
    }
}
