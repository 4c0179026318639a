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

/** Collects an event's key fields while it is read, and the first mistake found in it. */
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

    /** Returns the field's text, trimmed; null if it is missing or blank. */
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

    /** Notes the text at one of the mapping's e-mail paths. The address at the first path of the mapping wins. */
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

    /**
     * Rejects an event without a known type, a track event without a name, and an id that can't be stored unchanged.
     */
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

    /** Returns the event. It gets a random messageId if it has none. */
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

    /** Returns null for a stand-in id, such as {@code undefined}. */
    private String id(String name, StandIns standIns) {
        String id = member(name);
        return id == null || standIns.contains(id) ? null : id;
    }
}
