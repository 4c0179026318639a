package dev.listrakrelay.tracing;

import io.opentelemetry.api.trace.Span;
import org.jboss.logging.MDC;

/** Lets the log lines of a thread name the trace of what the thread works on: {@code traceId} and {@code spanId}. */
public final class LogTrace {

    private static final String TRACE = "traceId";
    private static final String SPAN = "spanId";

    private LogTrace() {}

    static void put(Span span) {
        MDC.put(TRACE, span.getSpanContext().getTraceId());
        MDC.put(SPAN, span.getSpanContext().getSpanId());
    }

    /** Lets the next log lines of the thread name no trace. */
    public static void clear() {
        MDC.remove(TRACE);
        MDC.remove(SPAN);
    }
}
