package dev.listrakrelay.spool;

import java.time.Instant;

/**
 * How a lane fares.
 *
 * @param pending how many of its events are not settled
 * @param pauses how many times in a row it was paused without a delivery in between
 * @param pausedUntil when it may go on; in the past if it rests no more
 * @param cause why it was paused the last time; empty where no one knows, as after a restart
 */
public record LaneState(int lane, long pending, int pauses, Instant pausedUntil, String cause) {}
