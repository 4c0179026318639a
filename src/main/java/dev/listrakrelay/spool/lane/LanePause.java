package dev.listrakrelay.spool.lane;

import java.time.Duration;

/**
 * How often in a row a lane was paused, until when (epoch milliseconds), and why the last time.
 *
 * <p>That time, and those at which open events are due, are of the machine's clock, because they outlast a restart. So it
 * matters if that clock is set back.
 */
record LanePause(int pauses, long until, String cause) {

    /** No rest, and no wait of an event, is longer when it is read back after a restart. */
    static final Duration LONGEST_READ_BACK = Duration.ofHours(1);

    LanePause until(long earlier) {
        return new LanePause(pauses, earlier, cause);
    }

    /** After a delivery: it is over as before, and the next one counts from the first. */
    LanePause afterDelivery() {
        return new LanePause(0, until, "");
    }
}
