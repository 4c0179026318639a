package dev.listrakrelay.tracing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Set;

/**
 * Reads and writes the header {@code traceparent} (W3C, Trace Context, level 1). It ignores a value that is invalid. It never
 * reads {@code tracestate} or {@code baggage}.
 */
public final class TraceHeader {

    /** The name of the header, of a Kafka record's header, and of a JMS property. */
    public static final String NAME = "traceparent";

    /** A later version of the header may be longer than this one (55 characters). */
    private static final int MOST_CHARACTERS = 256;

    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private static final TextMapGetter<String> GETTER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String header) {
            return Set.of(NAME);
        }

        @Override
        public String get(String header, String name) {
            return name.equals(NAME) ? header : null;
        }
    };

    private TraceHeader() {}

    /** Returns the context in a header; an invalid context if the value is missing, repeated or no {@code traceparent}. */
    static SpanContext read(Object header) {
        boolean isText = header instanceof String text && text.length() <= MOST_CHARACTERS;
        return isText
                ? Span.fromContext(W3C.extract(Context.root(), (String) header, GETTER))
                        .getSpanContext()
                : SpanContext.getInvalid();
    }

    /** Returns the text of a record's header; null if there is none, or it is too long. */
    public static String text(byte[] header) {
        return header == null || header.length > MOST_CHARACTERS ? null : new String(header, ISO_8859_1);
    }

    /** Returns the header for a span. */
    static String of(Span span) {
        SpanContext context = span.getSpanContext();
        return "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                + context.getTraceFlags().asHex();
    }
}
