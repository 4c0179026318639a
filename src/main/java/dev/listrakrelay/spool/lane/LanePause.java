package dev.listrakrelay.spool.lane;

import java.time.Duration;

/**
 * Holds the pause of a lane.
 *
 * @param pauses the number of failures in a row; 0 if the lane does not pause
 * @param until the end of the pause in epoch milliseconds, because it outlasts a restart. If the clock is set back, the
 *     pause could last too long, so after a restart it lasts at most {@link #LONGEST_READ_BACK}
 * @param cause the message of the last failure
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
