package dev.listrakrelay.spool;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A customer event as its source sent it, with the few columns the relay needs to keep it in order and find it again.
 *
 * @param seq place in the spool, ascending in the order accepted; 0 before it is stored
 * @param messageId the source's id of the event, or one given at the door; unique per source for 24 h
 * @param source the route that took it, such as {@code rest}
 * @param type one of Segment's six: track, page, screen, identify, group, alias; or {@link #UNREADABLE}; of a webhook,
 *     the media type of its body
 * @param name the event name of a track or the name of a page; of what is unreadable, why; empty where there is none
 * @param contact what tells one contact from another (e-mail, its own or learned, else userId, else anonymousId, else
 *     messageId): events of one contact keep their order
 * @param identity what it tells of who it is about; out of the spool, what an earlier event told
 * @param receivedAt when it was accepted
 * @param pendingSince when it began to wait: when it was accepted, or was replayed last
 * @param raw the event's JSON object, byte for byte as it came
 */
public record Event(
        long seq,
        String messageId,
        String source,
        String type,
        String name,
        String contact,
        Identity identity,
        Instant receivedAt,
        Instant pendingSince,
        byte[] raw)
        implements RawJson {

    /** The six types there are (Segment's spec). */
    public static final List<String> TYPES = List.of("track", "page", "screen", "identify", "group", "alias");

    /** The type whose traits are those of a company, not of a contact. */
    public static final String GROUP = "group";

    /** The type that says of two ids that they are one person's. */
    public static final String ALIAS = "alias";

    /** What a queue handed over and no event could be read from; it is kept to become a dead letter. */
    public static final String UNREADABLE = "unreadable";

    public Event {
        Objects.requireNonNull(messageId, "messageId");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(contact, "contact");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(receivedAt, "receivedAt");
        Objects.requireNonNull(pendingSince, "pendingSince");
        Objects.requireNonNull(raw, "raw");
    }

    /** An event that waits since it was accepted, of whom nothing is known but its contact. */
    public Event(
            long seq,
            String messageId,
            String source,
            String type,
            String name,
            String contact,
            Instant receivedAt,
            byte[] raw) {
        this(seq, messageId, source, type, name, contact, Identity.NONE, receivedAt, receivedAt, raw);
    }

    /** Whether it has been pending for longer than that; a replayed event is as young as its replay. */
    public boolean isPendingLongerThan(Duration age, Instant now) {
        return pendingSince().isBefore(now.minus(age));
    }

    /** The same event with another payload. */
    public Event withRaw(byte[] other) {
        return new Event(seq, messageId, source, type, name, contact, identity, receivedAt, pendingSince, other);
    }

    /** The same event, beginning to wait then. */
    public Event waitingSince(Instant then) {
        return new Event(seq, messageId, source, type, name, contact, identity, receivedAt, then, raw);
    }

    /** The same event of a contact whose e-mail an earlier one told. */
    public Event knownBy(String email) {
        return new Event(
                seq, messageId, source, type, name, email, Identity.learned(email), receivedAt, pendingSince, raw);
    }

    /** One event is one place in the spool; before it has one, one messageId of a source. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Event event
                && seq == event.seq
                && messageId.equals(event.messageId)
                && source.equals(event.source);
    }

    @Override
    public int hashCode() {
        return seq > 0 ? Long.hashCode(seq) : messageId.hashCode();
    }

    /** Names the event without telling what is in it: payloads and addresses stay out of logs. */
    @Override
    public String toString() {
        return "event " + messageId + " (" + type + ", " + raw.length + " bytes)";
    }
}
