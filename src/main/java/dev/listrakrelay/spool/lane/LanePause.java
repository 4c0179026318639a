package dev.listrakrelay.spool.lane;

import java.time.Duration;

/**
 * Describes the pause of a lane.
 *
 * <p>Its end and the due times of open events are times of the machine's clock, because a restart has to find them again. So
 * {@link Lane} has to notice a clock that was set back.
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
