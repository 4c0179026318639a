package dev.listrakrelay.spool.lane;

import dev.listrakrelay.spool.Event;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Identifies an event by a 128-bit hash of its source and messageId. */
public record EventId(long first, long rest) implements Comparable<EventId> {
    public static EventId of(Event event) {
        return of(event.source(), event.messageId());
    }

    public static EventId of(String source, String messageId) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(source.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            ByteBuffer digest = ByteBuffer.wrap(sha.digest(messageId.getBytes(StandardCharsets.UTF_8)));
            return new EventId(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    @Override
    public int compareTo(EventId other) {
        int order = Long.compare(first, other.first);
        return order != 0 ? order : Long.compare(rest, other.rest);
    }
}
