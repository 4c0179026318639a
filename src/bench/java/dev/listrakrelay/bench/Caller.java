package dev.listrakrelay.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;

/**
 * One keep-alive connection that posts a request, waits for its answer and posts the next, until the load is used up.
 */
final class Caller {
    private final NetClient client;
    private final int port;
    private final Load load;
    private final Answer answer = new Answer();
    private NetSocket socket;
    private boolean waiting;
    private long sentNanos;

    Caller(NetClient client, int port, Load load) {
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
        byte[] request = load.next();
        if (request == null) {
            socket.close();
            return;
        }
        waiting = true;
        sentNanos = System.nanoTime();
        socket.write(Buffer.buffer(request));
    }

    private void received(Buffer bytes) {
        int status = answer.read(bytes);
        if (status == Answer.INCOMPLETE) {
            return;
        }
        waiting = false;
        load.answered(status, System.nanoTime() - sentNanos);
        next();
    }

    /**
     * Counts the open request, if any, as refused, and connects again if the load has more. A server may close a
     * connection.
     */
    private void closed() {
        if (waiting) {
            waiting = false;
            load.answered(Load.NO_ANSWER, System.nanoTime() - sentNanos);
        }
        if (load.hasMore()) {
            connect();
        }
    }
}
