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

    /** The limit of an unpacked gzip body, which is the limit of a request. */
    private static final long MAX_UNPACKED_BYTES = 500 * 1024;

    private static final String RETRY_AFTER_SECONDS = "5";

    private final RoutingContext http;
    private final HttpServerRequest request;
    private final BodyBudget budget;
    private final BodyShare share;
    private final long maxBytes;
    private final AtomicLong reserved = new AtomicLong();
    private final long timer;
    private Buffer body;
    private long discarded;
    private boolean isAnswered;

    /** @param maxBytes the limit for the bytes of the body; a longer body is answered with 413 */
    IncomingBody(RoutingContext http, BodyBudget budget, BodyShare share, long maxBytes, long timeoutMillis) {
        this.http = http;
        this.request = http.request();
        this.budget = budget;
        this.share = share;
        this.maxBytes = maxBytes;
        this.timer = http.vertx().setTimer(timeoutMillis, expired -> timedOut());
        // called even if the connection is lost: a body uses memory as long as a route works on it
        http.addBodyEndHandler(answered -> answered());
    }

    /** Reads the body, and then continues with the request; answers 503 if the budget has no memory left. */
    void readThenContinue() {
        String expected = request.getHeader(HttpHeaders.EXPECT);
        if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
            http.fail(417);
            return;
        }
        if (expected != null) {
            http.response().writeContinue();
        }
        read(this::add);
        request.endHandler(end -> completed());
    }

    /** Discards the body of a refused request, and puts an empty one in its place. */
    void discard() {
        // some routes decompress the body before they check the key, and an empty body is not valid gzip
        request.headers().remove(HttpHeaders.CONTENT_ENCODING);
        passOn(Buffer.buffer());
        discardRest();
    }

    /** Reserves memory for the whole body, and lets the server read it. */
    void letServerRead() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (!reserve(length == null ? maxBytes : Long.parseLong(length))) {
            answerBusy();
            return;
        }
        // if the connection is lost, only the server is notified
        http.addEndHandler(end -> abandon());
        http.next();
    }

    private void read(Handler<Buffer> handler) {
        request.exceptionHandler(lost -> abandon()).handler(handler).resume();
    }

    private void add(Buffer bytes) {
        if (reserved.get() + bytes.length() > maxBytes) {
            discardRest();
            http.fail(413);
        } else if (!reserve(bytes.length())) {
            answerBusy();
        } else {
            body = body == null ? bytes : body.appendBuffer(bytes);
        }
    }

    private void completed() {
        cancelTimer();
        if (isGzip() && !reserve(MAX_UNPACKED_BYTES)) {
            answerBusy();
            return;
        }
        passOn(body == null ? Buffer.buffer() : body);
        body = null;
        http.next();
    }

    private boolean isGzip() {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && encoding.toLowerCase(Locale.ROOT).contains("gzip");
    }

    /** Sets the body in the request as the server's own handler would, and marks that handler as done. */
    private void passOn(Buffer bytes) {
        RoutingContextInternal context = (RoutingContextInternal) http;
        context.setBody(bytes);
        context.visitHandler(RoutingContextInternal.BODY_HANDLER);
    }

    private void answerBusy() {
        discardRest();
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("accepted", 0);
        answer.putArray("rejected");
        ErrorFields.addTo(
                answer, 503, "intake: too many request bodies at once, try again in " + RETRY_AFTER_SECONDS + " s");
        http.response()
                .setStatusCode(503)
                .putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(answer.toString());
    }

    /** Discards the rest of the body. A client reads the answer only after it has sent everything. */
    private void discardRest() {
        body = null;
        if (request.isEnded()) {
            cancelTimer();
        } else {
            read(this::discard);
            request.endHandler(end -> discardEnded());
        }
    }

    private void discardEnded() {
        cancelTimer();
        if (isAnswered) {
            RequestSmugglingGuard.close(http);
        }
    }

    private void discard(Buffer bytes) {
        discarded += bytes.length();
        if (discarded > maxBytes) {
            request.connection().close();
        }
    }

    private boolean reserve(long bytes) {
        boolean isReserved = budget.reserve(share, bytes);
        if (isReserved) {
            reserved.addAndGet(bytes);
        }
        return isReserved;
    }

    private void timedOut() {
        request.connection().close();
    }

    /** Releases the memory: the connection was lost before the body was complete. */
    private void abandon() {
        cancelTimer();
        body = null;
        release();
    }

    private void answered() {
        isAnswered = true;
        release();
        if (request.isEnded()) {
            cancelTimer();
            RequestSmugglingGuard.close(http);
        }
    }

    private void cancelTimer() {
        http.vertx().cancelTimer(timer);
    }

    private void release() {
        budget.release(share, reserved.getAndSet(0));
    }
}
