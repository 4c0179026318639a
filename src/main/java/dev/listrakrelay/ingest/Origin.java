package dev.listrakrelay.ingest;

import java.time.Instant;

/**
 * Where a request came from.
 *
 * @param source which route took it, such as {@code rest}
 * @param isLive whether its sender sent it just now, so that its {@code sentAt} shows how far that clock is off
 * @param now when it was taken
 * @param place what events without an id of their own are called after; where it is null they get a random one
 */
record Origin(String source, boolean isLive, Instant now, String place) {

    Origin(String source, boolean isLive, Instant now) {
        this(source, isLive, now, null);
    }
}
