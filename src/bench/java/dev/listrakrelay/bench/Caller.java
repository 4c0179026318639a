package dev.listrakrelay.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;

/**
 * One keep-alive connection that posts, waits for the answer and posts again, when the next request is due, until the load is
 * used up.
 */
final class Caller {
    private final Vertx vertx;
    private final NetClient client;
    private final int port;
    private final Load load;
    private final Answer answer = new Answer();
    private NetSocket socket;
    private boolean waiting;
    private long dueNanos;

    Caller(Vertx vertx, NetClient client, int port, Load load) {
        this.vertx = vertx;
        this.client = client;
        this.port = port;
        this.load = load;
    }

    void connect() {
        client.connect(port, "127.0.0.1").onFailure(load::fail).onSuccess(connected -> {
            socket = connected;
            connected.handler(this::received);
            connected.closeHandler(nothing -> closed());
            next();
        });
    }

    private void next() {
        if (!load.hasMore()) {
            socket.close();
            return;
        }
        dueNanos = load.nextDueNanos();
        Buffer request = Buffer.buffer(load.next());
        waiting = true;
        long early = TimeUnit.NANOSECONDS.toMillis(dueNanos - System.nanoTime());
        if (early > 0) {
            vertx.setTimer(early, due -> socket.write(request));
        } else {
            socket.write(request);
        }
    }

    private void received(Buffer bytes) {
        int status = answer.read(bytes);
        if (status == Answer.INCOMPLETE) {
            return;
        }
        waiting = false;
        load.answered(status, System.nanoTime() - dueNanos);
        next();
    }

    /**
     * Counts the open request, if any, as refused, and connects again if the load has more. A server may close a
     * connection.
     */
    private void closed() {
        if (waiting) {
            waiting = false;
            load.answered(Load.NO_ANSWER, System.nanoTime() - dueNanos);
        }
        if (load.hasMore()) {
            connect();
        }
    }
}
