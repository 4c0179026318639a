package dev.listrakrelay.spool;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Holds a customer event as its source sent it, with the columns by which the relay orders and finds it.
 *
 * @param seq number of the event in its spool, ascending in the order of arrival; 0 before the event is stored
 * @param messageId the sender's id of the event, or one that the relay gave it; unique per source for 24 h
 * @param source name of the source, such as {@code rest}
 * @param type one of Segment's six types (track, page, screen, identify, group, alias), or {@link #UNREADABLE}; for a
 *     webhook, the media type of its body
 * @param name the event name of a track or the name of a page; for an unreadable event the reason; empty if there is
 *     none
 * @param contact the e-mail, its own or a learned one, else the userId, else the anonymousId, else the messageId;
 *     events of one contact keep their order
 * @param identity the ids and the e-mail of the event itself; in an event from the spool, a learned e-mail
 * @param receivedAt when it was accepted
 * @param pendingSince when it began to wait: when it was accepted or last replayed
 * @param raw the event's JSON object, byte for byte as received
 * @param traceparent the span that it belongs to (W3C, Trace Context); null unless its trace is sampled
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
        byte[] raw,
        String traceparent)
        implements RawJson {

    /** The six types of Segment's specification. */
    public static final List<String> TYPES = List.of("track", "page", "screen", "identify", "group", "alias");

    /** The type whose traits are those of a company, not of a contact. */
    public static final String GROUP = "group";

    /** The type that declares two ids to be of one person. */
    public static final String ALIAS = "alias";

    /** The type of a message from a queue in which no event can be read. It becomes a dead letter. */
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

    /** Creates an event without a trace. */
    public Event(
            long seq,
            String messageId,
            String source,
            String type,
            String name,
            String contact,
            Identity identity,
            Instant receivedAt,
            Instant pendingSince,
            byte[] raw) {
        this(seq, messageId, source, type, name, contact, identity, receivedAt, pendingSince, raw, null);
    }

    /** Creates an event that waits since its arrival, and of which only the contact is known. */
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

    /** Whether it has been pending for longer than an age. For a replayed event, the age begins with the replay. */
    public boolean isPendingLongerThan(Duration age, Instant now) {
        return pendingSince().isBefore(now.minus(age));
    }

    /** Returns a copy with another payload. */
    public Event withRaw(byte[] other) {
        return new Event(
                seq, messageId, source, type, name, contact, identity, receivedAt, pendingSince, other, traceparent);
    }

    /** Returns a copy with another identity. */
    public Event withIdentity(Identity other) {
        return new Event(
                seq, messageId, source, type, name, contact, other, receivedAt, pendingSince, raw, traceparent);
    }

    /** Returns a copy that began to wait at another time. */
    public Event waitingSince(Instant then) {
        return new Event(seq, messageId, source, type, name, contact, identity, receivedAt, then, raw, traceparent);
    }

    /** Returns a copy with the contact's e-mail, which was learned from an earlier event. */
    public Event withLearnedEmail(String email) {
        return new Event(
                seq,
                messageId,
                source,
                type,
                name,
                email,
                Identity.learned(email),
                receivedAt,
                pendingSince,
                raw,
                traceparent);
    }

    /** Returns a copy that belongs to another span; null for none. */
    public Event withTraceparent(String other) {
        return new Event(seq, messageId, source, type, name, contact, identity, receivedAt, pendingSince, raw, other);
    }

    /** Compares seq, messageId and source. */
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

    /** Contains no payload and no address, so that neither gets into a log. */
    @Override
    public String toString() {
        return "event " + messageId + " (" + type + ", " + raw.length + " bytes)";
    }
}
