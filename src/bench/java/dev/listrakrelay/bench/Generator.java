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
     * Posts that many requests, over as many connections to each port as to any other, and returns when the last is answered.
     *
     * @param rate requests per second, or {@link Load#AS_ANSWERED}
     */
    Load run(List<Integer> ports, Requests requests, long total, int connections, int rate) throws Exception {
        Load load = new Load(requests, total, rate);
        vertx.runOnContext(nothing -> {
            for (int i = 0; i < connections; i++) {
                new Caller(vertx, client, ports.get(i % ports.size()), load).connect();
            }
        });
        return load.await(LONGEST_RUN_SECONDS);
    }

    @Override
    public void close() {
        vertx.close();
    }
}
