package dev.listrakrelay.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Reads the body of one request: reserves memory as bytes arrive, and releases it when the request is answered. */
final class IncomingBody {

    /** What {@code Content-Encoding: gzip} may unpack to, a request's limit. */
    private static final long MOST_UNPACKED_BYTES = 500 * 1024;

    private static final String RETRY_AFTER_SECONDS = "5";

    private final RoutingContext http;
    private final HttpServerRequest request;
    private final BodyBudget budget;
    private final BodyShare share;
    private final long mostBytes;
    private final AtomicLong taken = new AtomicLong();
    private final long timer;
    private Buffer body;
    private long discarded;
    private boolean isAnswered;

    /** @param mostBytes of a body, after which the server stops reading it */
    IncomingBody(RoutingContext http, BodyBudget budget, BodyShare share, long mostBytes, long timeoutMillis) {
        this.http = http;
        this.request = http.request();
        this.budget = budget;
        this.share = share;
        this.mostBytes = mostBytes;
        this.timer = http.vertx().setTimer(timeoutMillis, late -> tooLate());
        // told even if the connection is gone by then: as long as a route works on a body, the body takes room
        http.addBodyEndHandler(answered -> answered());
    }

    /** Reads it and then goes on; answers 503 if there is no room for it. */
    void gather() {
        String expected = request.getHeader(HttpHeaders.EXPECT);
        if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
            http.fail(417);
            return;
        }
        if (expected != null) {
            http.response().writeContinue();
        }
        read(this::add);
        request.endHandler(end -> whole());
    }

    /** Discards the body of a refused request, and puts an empty one in its place. */
    void discard() {
        // some routes decompress before they check the key; an empty body is no gzip
        request.headers().remove(HttpHeaders.CONTENT_ENCODING);
        keep(Buffer.buffer());
        drop();
    }

    /** Takes room for all of it before the server reads it. */
    void leaveToTheServer() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (!take(length == null ? mostBytes : Long.parseLong(length))) {
            busy();
            return;
        }
        // the server hears of it, and not we, if the connection is lost
        http.addEndHandler(end -> giveUp());
        http.next();
    }

    private void read(Handler<Buffer> handler) {
        request.exceptionHandler(lost -> giveUp()).handler(handler).resume();
    }

    private void add(Buffer bytes) {
        if (taken.get() + bytes.length() > mostBytes) {
            drop();
            http.fail(413);
        } else if (!take(bytes.length())) {
            busy();
        } else {
            body = body == null ? bytes : body.appendBuffer(bytes);
        }
    }

    private void whole() {
        stopClock();
        if (isPacked() && !take(MOST_UNPACKED_BYTES)) {
            busy();
            return;
        }
        keep(body == null ? Buffer.buffer() : body);
        body = null;
        http.next();
    }

    private boolean isPacked() {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && encoding.toLowerCase(Locale.ROOT).contains("gzip");
    }

    /** Hands it on as the server's own handler would, which then finds it done. */
    private void keep(Buffer whole) {
        RoutingContextInternal context = (RoutingContextInternal) http;
        context.setBody(whole);
        context.visitHandler(RoutingContextInternal.BODY_HANDLER);
    }

    private void busy() {
        drop();
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("accepted", 0);
        answer.putArray("rejected");
        ErrorFields.addTo(answer, 503, "too many requests at once, try again");
        http.response()
                .setStatusCode(503)
                .putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(answer.toString());
    }

    /** Discards the rest of the body. A client reads the answer only after it has sent everything. */
    private void drop() {
        body = null;
        if (request.isEnded()) {
            stopClock();
        } else {
            read(this::discard);
            request.endHandler(end -> dropped());
        }
    }

    private void dropped() {
        stopClock();
        if (isAnswered) {
            RequestSmugglingGuard.close(http);
        }
    }

    private void discard(Buffer bytes) {
        discarded += bytes.length();
        if (discarded > mostBytes) {
            request.connection().close();
        }
    }

    private boolean take(long bytes) {
        boolean isThere = budget.take(share, bytes);
        if (isThere) {
            taken.addAndGet(bytes);
        }
        return isThere;
    }

    private void tooLate() {
        request.connection().close();
    }

    /** The connection is gone before the body was whole: nobody will work on it. */
    private void giveUp() {
        stopClock();
        body = null;
        release();
    }

    private void answered() {
        isAnswered = true;
        release();
        if (request.isEnded()) {
            stopClock();
            RequestSmugglingGuard.close(http);
        }
    }

    private void stopClock() {
        http.vertx().cancelTimer(timer);
    }

    private void release() {
        budget.giveBack(share, taken.getAndSet(0));
    }
}
