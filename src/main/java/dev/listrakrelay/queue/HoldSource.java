package dev.listrakrelay.queue;

import dev.listrakrelay.spool.SpoolUnavailable;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;
import org.jboss.logging.Logger;

/**
 * Holds a source back while what it took can't be stored: called before each new try. Says so once, and once when it goes
 * on.
 */
@Singleton
@Named("holdSource")
public class HoldSource implements Processor {

    private static final Logger LOG = Logger.getLogger(HoldSource.class);

    @Override
    public void process(Exchange exchange) {
        if (exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 1, Integer.class) == 1) {
            tell(exchange);
        }
        TakenRecords records = exchange.getProperty(TakenRecords.PROPERTY, TakenRecords.class);
        if (records != null) {
            records.hold();
        }
    }

    private static void tell(Exchange exchange) {
        String route = exchange.getFromRouteId();
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        LOG.warnf("%s: waits, nothing is taken until this is stored, %s", route, reason(cause));
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onComplete(Exchange stored) {
                LOG.infof("%s: goes on", route);
            }
        });
    }

    /** Another's message may repeat what was sent. */
    private static String reason(Exception cause) {
        return cause instanceof SpoolUnavailable
                ? cause.getMessage()
                : String.valueOf(cause == null ? null : cause.getClass().getName());
    }
}
