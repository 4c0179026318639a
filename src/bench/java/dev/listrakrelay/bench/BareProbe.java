package dev.listrakrelay.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The upper limit of the comparison: appends a batch to a file without fsync, answers 200 and passes the events on
 * unparsed and unmapped. It guarantees nothing, so a program that gives guarantees can't be faster.
 */
final class BareProbe {
    private final Occurrences ids = new Occurrences("\"messageId\"");
    private final FileChannel log;
    private final BareOutlet outlet;

    private BareProbe(FileChannel log, BareOutlet outlet) {
        this.log = log;
        this.outlet = outlet;
    }

    /** Arguments: the loopback port to listen on, the sink's port, the file to append to. */
    public static void main(String[] args) throws IOException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        FileChannel log = FileChannel.open(Path.of(args[2]), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        BareProbe probe = new BareProbe(log, new BareOutlet(vertx, Integer.parseInt(args[1])));
        vertx.createHttpServer(new HttpServerOptions().setTcpNoDelay(true))
                .requestHandler(probe::handle)
                .listen(Integer.parseInt(args[0]), "127.0.0.1")
                .onFailure(Programs::exit);
    }

    private void handle(HttpServerRequest request) {
        if (request.path().startsWith("/q/health")) {
            request.response().end("{}");
        } else {
            request.body().onSuccess(body -> take(request, body));
        }
    }

    private void take(HttpServerRequest request, Buffer body) {
        byte[] bytes = body.getBytes();
        append(body);
        int from = indexOf(bytes, '[') + 1;
        Buffer events = body.slice(from, body.length() - 2);
        outlet.offer(events, ids.in(bytes), () -> request.response()
                .setStatusCode(200)
                .end("{\"accepted\":true}"));
    }

    private void append(Buffer body) {
        try {
            log.write(body.getByteBuf().nioBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int indexOf(byte[] bytes, char wanted) {
        int at = 0;
        while (bytes[at] != wanted) {
            at++;
        }
        return at;
    }
}
