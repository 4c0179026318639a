package dev.listrakrelay.ingest;

import java.time.Instant;

/**
 * Where and when a request arrived.
 *
 * @param name the name of the source, such as {@code rest}
 * @param isLive whether the sender posts each event at once; then {@code sentAt} shows how wrong its clock is
 * @param now the time of receipt
 * @param position the position from which events without an id get one; null: their id is random
 * @param acceptsUnreadableTimes whether an event with an unreadable time gets the time of receipt; otherwise it is rejected,
 *     because it can be old
 */
record RequestSource(String name, boolean isLive, Instant now, String position, boolean acceptsUnreadableTimes) {

    RequestSource(String name, boolean isLive, Instant now) {
        this(name, isLive, now, null, isLive);
    }

    /** Returns the source of messages and lines, which can be read long after they were written. */
    static RequestSource delayed(String name, Instant now, String position) {
        return new RequestSource(name, false, now, position, false);
    }

    /** Returns the source of an event that is explained and not stored. */
    static RequestSource explained(Instant now) {
        return new RequestSource("explain", false, now, null, true);
    }
}
