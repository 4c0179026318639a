package dev.listrakrelay.spool.lane;

import java.time.Duration;

/**
 * Describes the pause of a lane.
 *
 * <p>That time, and those at which open events are due, are of the machine's clock, because they outlast a restart. So it
 * matters if that clock is set back.
 */
record LanePause(int pauses, long until, String cause) {

    /** The longest pause, and the longest wait of an event, that is read back after a restart. */
    static final Duration LONGEST_READ_BACK = Duration.ofHours(1);

    LanePause until(long earlier) {
        return new LanePause(pauses, earlier, cause);
    }

    /** The same end, but the next pause counts as the first one. */
    LanePause afterDelivery() {
        return new LanePause(0, until, "");
    }
}
