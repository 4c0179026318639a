package dev.listrakrelay.ingest;

import dev.listrakrelay.spool.EmailAddress;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What is known of an event while it is read: its key members, and the first thing that is wrong with it. */
final class Draft {

    private static final int MOST_ID_CHARACTERS = 255;

    private final Map<String, String> members = new HashMap<>();
    private String contact;
    private int contactRank = Integer.MAX_VALUE;
    private String mistake;
    private final Set<String> shareable = new HashSet<>(4);

    void member(String name, String value) {
        members.put(name, value);
    }

    /** The member's text, trimmed; null where there is none. */
    String member(String name) {
        String value = members.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Which of {@link BatchMembers#NAMES} it has. */
    Set<String> shareable() {
        return shareable;
    }

    /** Says what members there are. */
    void members(Set<String> names) {
        for (String name : BatchMembers.NAMES) {
            if (names.contains(name)) {
                shareable.add(name);
            }
        }
    }

    /** Offers a text found by a path of the mapping, which may be an address; the path named first there wins. */
    void contact(String text, int rank) {
        String address = rank < contactRank ? EmailAddress.of(text) : null;
        if (address != null) {
            contact = address;
            contactRank = rank;
        }
    }

    /** Says of what type it is, whatever the event itself says. */
    void type(String type) {
        members.put("type", type);
    }

    /** Gives it this id unless it has one of its own. */
    void idWhereNone(String id) {
        if (member("messageId") == null) {
            members.put("messageId", id);
        }
    }

    void reject(String reason) {
        if (mistake == null) {
            mistake = reason;
        }
    }

    String mistake() {
        return mistake;
    }

    /** Rejects an event of no known type, a track of nothing, and an id too long to keep. */
    void check() {
        String type = member("type");
        if (type == null) {
            reject("type: missing, expected one of " + String.join(", ", Event.TYPES));
        } else if (!Event.TYPES.contains(type)) {
            reject("type: unknown, expected one of " + String.join(", ", Event.TYPES));
        } else if (type.equals("track") && member("event") == null) {
            reject("event: missing, a track needs the name of what happened");
        }
        String id = member("messageId");
        if (id != null && id.length() > MOST_ID_CHARACTERS) {
            reject("messageId: " + id.length() + " characters, expected at most " + MOST_ID_CHARACTERS);
        }
    }

    /** The event that came out of it, with a messageId where none came. */
    Event event(String source, Instant receivedAt, byte[] raw) {
        String id = member("messageId");
        String messageId = id != null ? id : UUID.randomUUID().toString();
        String type = member("type");
        String name = member(type.equals("track") ? "event" : "name");
        String user = member("userId");
        String anonymous = member("anonymousId");
        String person = contact != null ? contact : user != null ? user : anonymous != null ? anonymous : messageId;
        Identity told = Identity.told(user, anonymous, contact);
        return new Event(
                0, messageId, source, type, name == null ? "" : name, person, told, receivedAt, receivedAt, raw);
    }
}
