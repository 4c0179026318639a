package dev.listrakrelay.ingest;

import dev.listrakrelay.mapping.SurrogateRepair;
import dev.listrakrelay.spool.EmailAddress;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.StandIns;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What is known of an event while it is read: its key members, and the first thing that is wrong with it. */
final class EventDraft {

    private static final int MOST_ID_CHARACTERS = 255;
    private static final List<String> IDS = List.of("messageId", "userId", "anonymousId");

    private final Map<String, String> members = new HashMap<>();
    private final Found contact = new Found();
    private final Found besideTraits = new Found();
    private String mistake;
    private boolean isTimeSaid;
    private boolean isTimeRead;
    private final Set<String> shareable = new HashSet<>(4);

    void member(String name, String value) {
        members.put(name, value);
    }

    /** The member's text, trimmed; null where there is none. */
    String member(String name) {
        String value = members.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Which of {@link BatchFields#NAMES} it has. */
    Set<String> shareable() {
        return shareable;
    }

    /** Says what members there are. */
    void members(Set<String> names) {
        for (String name : BatchFields.NAMES) {
            if (names.contains(name)) {
                shareable.add(name);
            }
        }
    }

    /** Offers a text found by a path of the mapping, which may be an address; the path named first there wins. */
    void contact(String text, int rank, boolean isTrait) {
        String address = EmailAddress.of(text);
        if (address != null) {
            contact.offer(address, rank);
            if (!isTrait) {
                besideTraits.offer(address, rank);
            }
        }
    }

    /** The address that was found by the path named first. */
    private static final class Found {
        private String address;
        private int rank = Integer.MAX_VALUE;

        void offer(String other, int otherRank) {
            if (otherRank < rank) {
                address = other;
                rank = otherRank;
            }
        }
    }

    /** Says that it tells when it happened, and whether that can be read. */
    void time(boolean isReadable) {
        isTimeSaid = true;
        isTimeRead |= isReadable;
    }

    /** Whether it tells when it happened, and nothing of that can be read. */
    boolean isUndated() {
        return isTimeSaid && !isTimeRead;
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

    /** Rejects an event of no known type, a track of nothing, and an id that can't be kept as it is. */
    void check() {
        String type = member("type");
        if (type == null) {
            reject("type: missing, expected one of " + String.join(", ", Event.TYPES));
        } else if (!Event.TYPES.contains(type)) {
            reject("type: unknown, expected one of " + String.join(", ", Event.TYPES));
        } else if (type.equals("track") && member("event") == null) {
            reject("event: missing, a track needs the name of what happened");
        }
        for (String name : IDS) {
            if (members.get(name) != null && !SurrogateRepair.is(members.get(name))) {
                reject(name + ": half a surrogate pair, expected whole characters");
            }
        }
        String id = member("messageId");
        if (id != null && id.length() > MOST_ID_CHARACTERS) {
            reject("messageId: " + id.length() + " characters, expected at most " + MOST_ID_CHARACTERS);
        }
    }

    /** The event that came out of it, with a messageId where none came. */
    Event event(String source, Instant receivedAt, byte[] raw, StandIns standIns) {
        String id = member("messageId");
        String messageId = id != null ? id : UUID.randomUUID().toString();
        String type = member("type");
        String name = member(type.equals("track") ? "event" : "name");
        String user = id("userId", standIns);
        String anonymous = id("anonymousId", standIns);
        String email = (type.equals(Event.GROUP) ? besideTraits : contact).address;
        String person = email != null ? email : user != null ? user : anonymous != null ? anonymous : messageId;
        boolean isTeaching = !type.equals(Event.GROUP) && !type.equals(Event.ALIAS);
        Identity told =
                isTeaching || email == null ? Identity.told(user, anonymous, email) : Identity.told(null, null, email);
        return new Event(
                0, messageId, source, type, name == null ? "" : name, person, told, receivedAt, receivedAt, raw);
    }

    /** Null where it is nobody's. */
    private String id(String name, StandIns standIns) {
        String id = member(name);
        return id == null || standIns.contains(id) ? null : id;
    }
}
