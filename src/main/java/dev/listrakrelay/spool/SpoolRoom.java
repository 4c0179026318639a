package dev.listrakrelay.spool;

/**
 * How full a spool is.
 *
 * @param used bytes of pending events, history, dead letters and ids
 * @param limit the most bytes that it may use
 * @param free bytes until it accepts no more events, because of its limit or of the minimum of free disk space; 0 if it
 *     accepts none now
 */
public record SpoolRoom(long used, long limit, long free) {}
