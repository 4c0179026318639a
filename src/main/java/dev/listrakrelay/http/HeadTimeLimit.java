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

    /** One limit for all connections. It is set before a port opens. */
    private static volatile Duration limit = Duration.ofSeconds(10);

    private ChannelHandlerContext context;
    private Future<?> timer;
    private boolean isBetweenRequests;

    static void setLimit(Duration newLimit) {
        limit = newLimit;
    }

    static HeadTimeLimit of(HttpConnection connection) {
        return ((ConnectionBase) connection).channel().pipeline().get(HeadTimeLimit.class);
    }

    @Override
    public void channelActive(ChannelHandlerContext connected) {
        context = connected;
        start();
        connected.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext channel, Object bytes) {
        if (isBetweenRequests) {
            isBetweenRequests = false;
            start();
        }
        channel.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext channel) {
        stop();
        channel.fireChannelInactive();
    }

    /** Stops the timer: the headers of a request arrived. */
    void headArrived() {
        stop();
    }

    /** Prepares for the next request: the current one is answered. */
    void answered() {
        context.executor().execute(() -> isBetweenRequests = true);
    }

    private void start() {
        stop();
        timer = context.executor().schedule(() -> context.close(), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
