package dev.listrakrelay.webhook;

import dev.listrakrelay.log.LogRateLimiter;
import dev.listrakrelay.spool.SpoolFull;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jboss.logging.Logger;

/**
 * Answers a webhook: 200 when it is on disk, also for a repeated delivery; otherwise 401, 404 or 503. Only the log says why.
 */
@ApplicationScoped
@Named("webhookAnswer")
public class WebhookAnswer implements Processor {

    private static final Logger LOG = Logger.getLogger(WebhookAnswer.class);
    private static final String RETRY_AFTER_SECONDS = "5";

    private final MeterRegistry meters;
    private final LogRateLimiter rejections;

    WebhookAnswer(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.rejections = LogRateLimiter.onceAMinute(clock);
    }

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String name = exchange.getProperty(VerifyWebhook.NAME, String.class);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(null);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status(failure));
        if (failure instanceof InvalidSignature) {
            meters.counter("listrak.relay.rejected", "source", WebhookConfig.spool(name))
                    .increment();
            logRejection(name, failure);
        } else if (failure != null && !(failure instanceof UnknownWebhook)) {
            message.setHeader("Retry-After", RETRY_AFTER_SECONDS);
            if (!(failure instanceof SpoolFull)) {
                LOG.warnf("webhook %s: not stored, %s", name, failure.getMessage());
            }
        }
    }

    private void logRejection(String name, Exception failure) {
        long rejected = rejections.due(name);
        if (rejected > 0) {
            LOG.warnf(
                    "webhook %s: rejected, %s (%d rejected since the last such line)",
                    name, failure.getMessage(), rejected);
        }
    }

    private static int status(Exception failure) {
        if (failure == null) {
            return 200;
        }
        return failure instanceof UnknownWebhook ? 404 : failure instanceof InvalidSignature ? 401 : 503;
    }
}
