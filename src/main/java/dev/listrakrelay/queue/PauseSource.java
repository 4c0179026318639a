package dev.listrakrelay.queue;

import dev.listrakrelay.log.LogRateLimiter;
import dev.listrakrelay.spool.SpoolUnavailable;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;
import org.jboss.logging.Logger;

/**
 * Pauses a source while the spool can't store its messages; the route calls it before each retry. It logs the pause and the
 * resumption once a minute for each route, because a full spool accepts a few events from time to time.
 */
@Singleton
@Named("pauseSource")
public class PauseSource implements Processor {

    private static final Logger LOG = Logger.getLogger(PauseSource.class);

    private final LogRateLimiter lines;

    PauseSource(Clock clock) {
        this.lines = LogRateLimiter.onceAMinute(clock);
    }

    @Override
    public void process(Exchange exchange) {
        if (exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 1, Integer.class) == 1) {
            logPause(exchange);
        }
        PolledRecords records = exchange.getProperty(PolledRecords.PROPERTY, PolledRecords.class);
        if (records != null) {
            records.pause();
        }
    }

    private void logPause(Exchange exchange) {
        String route = exchange.getFromRouteId();
        if (!lines.isDue(route)) {
            return;
        }
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        LOG.warnf("%s: paused until the spool accepts events again, %s", route, reason(cause));
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onComplete(Exchange stored) {
                LOG.infof("%s: resumed", route);
            }
        });
    }

    /** Returns the class only, unless the spool failed: other messages can contain data of the event. */
    private static String reason(Exception cause) {
        return cause instanceof SpoolUnavailable
                ? cause.getMessage()
                : String.valueOf(cause == null ? null : cause.getClass().getName());
    }
}
