package dev.listrakrelay.spool;

import java.time.Instant;

/**
 * Describes the state of a lane, for operators.
 *
 * @param lane the number of the lane, 0 or more
 * @param pending the number of events that are not settled
 * @param pauses the number of pauses in a row without a delivery in between
 * @param pausedUntil the end of the last pause; in the past if the lane is not paused
 * @param cause the cause of the last pause; empty if it is unknown, as after a restart
 */
public record LaneState(int lane, long pending, int pauses, Instant pausedUntil, String cause) {}
