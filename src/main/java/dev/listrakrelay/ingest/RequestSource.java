package dev.listrakrelay.ingest;

import java.time.Instant;

/**
 * Where and when a request arrived.
 *
 * @param source which route took it, such as {@code rest}
 * @param isLive whether its sender sent it just now, so that its {@code sentAt} shows how far that clock is off
 * @param now when it was taken
 * @param place what events without an id of their own are called after; where it is null they get a random one
 * @param takesUnreadableTimes whether an event whose time can't be read counts as of now; else it is rejected, for it may be
 *     long past
 */
record RequestSource(String source, boolean isLive, Instant now, String place, boolean takesUnreadableTimes) {

    RequestSource(String source, boolean isLive, Instant now) {
        this(source, isLive, now, null, isLive);
    }

    /** Of messages and files, which may wait for long until they are taken. */
    static RequestSource past(String source, Instant now, String place) {
        return new RequestSource(source, false, now, place, false);
    }

    /** Of an event that is explained and not stored. */
    static RequestSource explained(Instant now) {
        return new RequestSource("explain", false, now, null, true);
    }
}
