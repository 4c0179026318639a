package dev.listrakrelay.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The header {@code traceparent} is read strictly, and written as it was read (W3C, Trace Context, §3.2). */
class TraceHeaderTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String HEADER = "00-" + TRACE + "-" + SPAN + "-01";

    @Test
    void aValidHeaderNamesTheCallersSpan() {
        // when
        SpanContext caller = TraceHeader.read(HEADER);

        // then
        assertEquals(TRACE, caller.getTraceId());
        assertEquals(SPAN, caller.getSpanId());
        assertTrue(caller.isSampled());
        assertEquals(HEADER, TraceHeader.of(Span.wrap(caller)));
    }

    @Test
    void aCallerCanDecideThatNothingIsSampled() {
        // when
        SpanContext caller = TraceHeader.read("00-" + TRACE + "-" + SPAN + "-00");

        // then
        assertTrue(caller.isValid());
        assertFalse(caller.isSampled());
    }

    @Test
    void aLaterVersionMayBeLonger() {
        assertTrue(TraceHeader.read("01-" + TRACE + "-" + SPAN + "-01-more").isSampled());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
                " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            })
    void anInvalidHeaderIsIgnored(String header) {
        assertFalse(TraceHeader.read(header).isValid());
    }

    @Test
    void aMissingARepeatedAndAVeryLongHeaderAreIgnored() {
        assertFalse(TraceHeader.read(null).isValid());
        assertFalse(TraceHeader.read(List.of(HEADER, HEADER)).isValid());
        assertFalse(TraceHeader.read("01-" + TRACE + "-" + SPAN + "-01-" + "x".repeat(300))
                .isValid());
        assertNull(TraceHeader.text(new byte[300]));
    }
}
