package dev.listrakrelay.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.List;

/**
 * Posts a load over several keep-alive connections, all on one event loop. Writes HTTP itself, without an HTTP client.
 */
final class Generator implements AutoCloseable {
    private static final long LONGEST_RUN_SECONDS = 1_800;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NetClient client =
            vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(5_000));

    /**
     * Posts {@code total} requests, and returns when the last one is answered. The ports share the connections evenly.
     */
    Load run(List<Integer> ports, Requests requests, long total, int connections) throws Exception {
        Load load = new Load(requests, total);
        vertx.runOnContext(nothing -> {
            for (int i = 0; i < connections; i++) {
                new Caller(client, ports.get(i % ports.size()), load).connect();
            }
        });
        return load.await(LONGEST_RUN_SECONDS);
    }

    @Override
    public void close() {
        vertx.close();
    }
}
