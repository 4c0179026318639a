package dev.listrakrelay.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.MessageHelper;

/** Runs the route of a request on the event loop of its connection, and answers it there when the route has ended. */
final class EventLoopConsumer extends VertxPlatformHttpConsumer {

    EventLoopConsumer(PlatformHttpEndpoint endpoint, Processor route, String router) {
        super(endpoint, route, List.of(), router);
    }

    @Override
    protected void handleRequest(RoutingContext http) {
        if (isSuspended()) {
            // answers 503
            super.handleRequest(http);
            return;
        }
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOut);
        processHttpRequest(exchange, http)
                .onSuccess(read -> run(exchange, http))
                .onFailure(unreadable -> fail(exchange, http, unreadable));
    }

    private void run(Exchange exchange, RoutingContext http) {
        try {
            createUoW(exchange);
        } catch (Exception e) {
            fail(exchange, http, e);
            return;
        }
        Context loop = Vertx.currentContext();
        getAsyncProcessor().process(exchange, isSync -> {
            if (Vertx.currentContext() == loop) {
                answer(exchange, http);
            } else {
                loop.runOnContext(now -> answer(exchange, http));
            }
        });
    }

    private void answer(Exchange exchange, RoutingContext http) {
        if (http.response().ended()) {
            // the connection was lost
            end(exchange);
        } else if (exchange.getException() != null) {
            fail(exchange, http, exchange.getException());
        } else {
            try {
                write(exchange.getMessage(), http);
            } finally {
                end(exchange);
            }
        }
    }

    private void write(Message message, RoutingContext http) {
        HttpServerResponse response = http.response();
        response.setStatusCode(message.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class));
        HeaderFilterStrategy filter = getEndpoint().getHeaderFilterStrategy();
        message.getHeaders().forEach((name, value) -> {
            if (!filter.applyFilterToCamelHeaders(name, value, message.getExchange())) {
                response.putHeader(name, String.valueOf(value));
            }
        });
        // the filter leaves it out
        String type = MessageHelper.getContentType(message);
        if (type != null) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, type);
        }
        byte[] body = message.getBody(byte[].class);
        http.end(body == null ? Buffer.buffer() : Buffer.buffer(body));
    }

    private void fail(Exchange exchange, RoutingContext http, Throwable failure) {
        http.fail(failure);
        end(exchange);
    }

    private void end(Exchange exchange) {
        doneUoW(exchange);
        releaseExchange(exchange, false);
    }
}
