package dev.listrakrelay.packaged;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A collector for OpenTelemetry (OTLP over HTTP, protobuf) that keeps all spans in order of arrival. */
final class TraceCollector implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final ListeningPort port = new ListeningPort(vertx, this::handle).listen(new HttpServerOptions());
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    String url() {
        return port.url();
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            requests.add(request.path() + " " + new String(body.getBytes(), StandardCharsets.ISO_8859_1));
            if (request.path().equals("/v1/traces")) {
                spans.addAll(spans(body));
            }
            request.response()
                    .putHeader("Content-Type", "application/x-protobuf")
                    .end();
        });
    }

    private static List<Span> spans(Buffer body) {
        try {
            return ExportTraceServiceRequest.parseFrom(body.getBytes()).getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** All requests that arrived, whatever their path: the path and the body. */
    List<String> requests() {
        return requests;
    }

    /** The spans of a trace with a name. */
    List<Span> spans(String traceId, String name) {
        return spans.stream()
                .filter(span ->
                        hex(span.getTraceId()).equals(traceId) && span.getName().equals(name))
                .toList();
    }

    /** The values of an attribute as text; none if the span has no such attribute. */
    static Stream<String> attribute(Span span, String name) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(name))
                .map(attribute -> attribute.getValue())
                .map(value -> value.hasIntValue() ? String.valueOf(value.getIntValue()) : value.getStringValue());
    }

    static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
