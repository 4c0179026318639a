package dev.listrakrelay.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.http.ErrorFields;
import dev.listrakrelay.log.LogRateLimiter;
import dev.listrakrelay.log.Plural;
import dev.listrakrelay.spool.SpoolFull;
import dev.listrakrelay.spool.SpoolUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jboss.logging.Logger;

/**
 * Answers a request with the number of accepted events and the rejected ones: {@code
 * {"accepted":n,"rejected":[{"index":i,"reason":"…"}]}}. If the request as a whole failed, the answer has the {@link
 * ErrorFields} as well.
 */
@ApplicationScoped
@Named("intakeAnswer")
public class IntakeAnswer implements Processor {

    private static final Logger LOG = Logger.getLogger(IntakeAnswer.class);
    private static final String RETRY_AFTER_SECONDS = "5";

    private final ObjectMapper json = new ObjectMapper();
    private final LogRateLimiter lines;

    IntakeAnswer(Clock clock) {
        this.lines = LogRateLimiter.onceAMinute(clock);
    }

    /** Returns why the events were not stored. It uses only the spool's message, because any other can quote an event. */
    private static String reason(Exception failure) {
        return failure instanceof SpoolUnavailable
                ? failure.getMessage()
                : failure.getClass().getName();
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        IntakeResult intake = Intake.of(exchange).result();
        ObjectNode answer = json.createObjectNode();
        answer.put("accepted", failure == null ? intake.events().size() : 0);
        answer.set("rejected", json.valueToTree(intake.rejected()));
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
        if (failure instanceof UnreadableRequest unreadable) {
            fail(message, answer, intake.isTooLarge() ? 413 : unreadable.status(), unreadable.getMessage());
        } else if (failure instanceof RateExceeded exceeded) {
            fail(message, answer, 429, exceeded.getMessage());
            message.setHeader("Retry-After", String.valueOf(exceeded.retryAfterSeconds()));
            log(exceeded);
        } else if (failure != null) {
            fail(message, answer, 503, "spool: events not stored, try again in " + RETRY_AFTER_SECONDS + " s");
            message.setHeader("Retry-After", RETRY_AFTER_SECONDS);
            if (!(failure instanceof SpoolFull)) {
                LOG.warnf("ingest: events not stored, %s", reason(failure));
            }
        }
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(json.writeValueAsBytes(answer));
    }

    private void log(RateExceeded exceeded) {
        long refused = lines.due(exceeded.key());
        if (refused > 0) {
            LOG.warnf(
                    "ingest: %s refused, %s is over source.rest.max-events-per-second",
                    Plural.of(refused, "request"), exceeded.key());
        }
    }

    private static void fail(Message message, ObjectNode answer, int status, String error) {
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        ErrorFields.addTo(answer, status, error);
    }
}
