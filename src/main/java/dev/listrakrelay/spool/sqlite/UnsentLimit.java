package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.log.LogRateLimiter;
import dev.listrakrelay.log.Plural;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Limits the records of the delivery log that wait to be sent. So a warehouse that is away for long can't fill the disk
 * that events need.
 */
final class UnsentLimit {

    private static final Logger LOG = Logger.getLogger(UnsentLimit.class);

    private final String spool;
    private final long most;
    private final AtomicLong lost = new AtomicLong();
    private final LogRateLimiter lines = LogRateLimiter.onceAMinute(Clock.systemUTC());

    UnsentLimit(String spool, long most) {
        this.spool = spool;
        this.most = most;
    }

    long most() {
        return most;
    }

    /** Counts records that were deleted before they were sent, and logs that once a minute. */
    void lost(int records) {
        lost.addAndGet(records);
        if (lines.isDue(spool)) {
            LOG.warnf(
                    "%s: the delivery log lost its oldest records, %s so far, because more than delivery-log.max-unsent"
                            + " (%d) were not sent",
                    spool, Plural.of(lost.get(), "record"), most);
        }
    }

    /** The number of lost records. */
    long lost() {
        return lost.get();
    }
}
