package dev.listrakrelay.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection if the headers of its next request do not arrive in time. Time runs from the start of the
 * connection and, after each answer, from the next byte. Between requests, the server's idle timeout applies.
 */
final class HeadTimeLimit extends ChannelInboundHandlerAdapter {

    /** The same for all connections; set before a port opens. */
    private static volatile Duration limit = Duration.ofSeconds(10);

    private ChannelHandlerContext context;
    private Future<?> clock;
    private boolean isBetweenRequests;

    static void limit(Duration all) {
        limit = all;
    }

    static HeadTimeLimit of(HttpConnection connection) {
        return ((ConnectionBase) connection).channel().pipeline().get(HeadTimeLimit.class);
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        start();
        active.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext active, Object bytes) {
        if (isBetweenRequests) {
            isBetweenRequests = false;
            start();
        }
        active.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext active) {
        stop();
        active.fireChannelInactive();
    }

    /** The head of a request is there. */
    void headCame() {
        stop();
    }

    /** It is answered; another may come. */
    void answered() {
        context.executor().execute(() -> isBetweenRequests = true);
    }

    private void start() {
        stop();
        clock = context.executor().schedule(() -> context.close(), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stop() {
        if (clock != null) {
            clock.cancel(false);
            clock = null;
        }
    }
}
