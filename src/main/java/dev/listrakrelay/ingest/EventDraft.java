package dev.listrakrelay.ingest;

import dev.listrakrelay.mapping.SurrogateRepair;
import dev.listrakrelay.spool.EmailAddress;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.StandInIds;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Collects an event's key fields while it is read, and the first mistake found in it. */
final class EventDraft {

    private static final int MAX_ID_CHARACTERS = 255;
    private static final List<String> IDS = List.of("messageId", "userId", "anonymousId");

    private final Map<String, String> fields = new HashMap<>();
    private final ContactAddress contact = new ContactAddress();
    private final ContactAddress contactOutsideTraits = new ContactAddress();
    private String mistake;
    private boolean hasTime;
    private boolean hasReadableTime;
    private final Set<String> batchFieldNames = new HashSet<>(4);

    void setField(String name, String value) {
        fields.put(name, value);
    }

    /** Returns the field's text, trimmed; null if it is missing or blank. */
    String field(String name) {
        String value = fields.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Returns the event's own fields among {@link BatchFields#NAMES}. */
    Set<String> batchFieldNames() {
        return batchFieldNames;
    }

    /** Remembers which fields of {@link BatchFields#NAMES} the event has. */
    void noteBatchFields(Set<String> names) {
        for (String name : BatchFields.NAMES) {
            if (names.contains(name)) {
                batchFieldNames.add(name);
            }
        }
    }

    /** Remembers the text at one of the mapping's e-mail paths. The address at the first path of the mapping wins. */
    void noteContact(String text, int rank, boolean isTrait) {
        String address = EmailAddress.of(text);
        if (address != null) {
            contact.replaceIfFirst(address, rank);
            if (!isTrait) {
                contactOutsideTraits.replaceIfFirst(address, rank);
            }
        }
    }

    /** The address that was found at the path with the lowest rank. */
    private static final class ContactAddress {
        private String address;
        private int rank = Integer.MAX_VALUE;

        void replaceIfFirst(String newAddress, int newRank) {
            if (newRank < rank) {
                address = newAddress;
                rank = newRank;
            }
        }
    }

    /** Records that the event has a time, and whether that time is readable. */
    void noteTime(boolean isReadable) {
        hasTime = true;
        hasReadableTime |= isReadable;
    }

    /** Whether the event has a time, but none that is readable. */
    boolean hasUnreadableTime() {
        return hasTime && !hasReadableTime;
    }

    /** Sets the type, whatever the event itself says. */
    void setType(String type) {
        fields.put("type", type);
    }

    /** Sets the messageId if the event has none. */
    void setDefaultId(String id) {
        if (field("messageId") == null) {
            fields.put("messageId", id);
        }
    }

    /** Rejects the event; the first reason counts. */
    void reject(String reason) {
        if (mistake == null) {
            mistake = reason;
        }
    }

    /** Returns the first mistake; null if the event is valid. */
    String mistake() {
        return mistake;
    }

    /**
     * Rejects an event without a known type, a track event without a name, and an id that can't be stored unchanged.
     */
    void check() {
        String type = field("type");
        if (type == null) {
            reject("type: missing, expected one of " + String.join(", ", Event.TYPES));
        } else if (!Event.TYPES.contains(type)) {
            reject("type: unknown, expected one of " + String.join(", ", Event.TYPES));
        } else if (type.equals("track") && field("event") == null) {
            reject("event: missing, expected the name of the track event");
        }
        for (String name : IDS) {
            if (fields.get(name) != null && !SurrogateRepair.isValid(fields.get(name))) {
                reject(name + ": half a surrogate pair, expected whole characters");
            }
        }
        String id = field("messageId");
        if (id != null && id.length() > MAX_ID_CHARACTERS) {
            reject("messageId: too long, expected at most " + MAX_ID_CHARACTERS + " characters, found " + id.length());
        }
    }

    /** Returns the event. It gets a random messageId if it has none. */
    Event event(String source, Instant receivedAt, byte[] raw, StandInIds standIns) {
        String id = field("messageId");
        String messageId = id != null ? id : UUID.randomUUID().toString();
        String type = field("type");
        String name = field(type.equals("track") ? "event" : "name");
        String user = id("userId", standIns);
        String anonymous = id("anonymousId", standIns);
        String email = (type.equals(Event.GROUP) ? contactOutsideTraits : contact).address;
        String contactKey = email != null ? email : user != null ? user : anonymous != null ? anonymous : messageId;
        boolean isLearnedFrom = !type.equals(Event.GROUP) && !type.equals(Event.ALIAS);
        Identity identity = isLearnedFrom || email == null
                ? Identity.told(user, anonymous, email)
                : Identity.told(null, null, email);
        return new Event(
                0,
                messageId,
                source,
                type,
                name == null ? "" : name,
                contactKey,
                identity,
                receivedAt,
                receivedAt,
                raw);
    }

    /** Returns null for a stand-in id, such as {@code undefined}. */
    private String id(String name, StandInIds standIns) {
        String id = field(name);
        return id == null || standIns.contains(id) ? null : id;
    }
}
