package dev.listrakrelay.spool.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.EventStep;
import java.util.List;

/** Holds one record of the delivery log: which event, of whom, and what became of it. It has no payload. */
public final class DeliveryRecord {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MESSAGE_ID = "messageId";
    private static final String NAME = "name";
    private static final String CONTACT = "contact";
    private static final String SEQ = "seq";

    private final ObjectNode json;
    private final String contactHash;

    private DeliveryRecord(ObjectNode json, String contactHash) {
        this.json = json;
        this.contactHash = contactHash;
    }

    /**
     * Makes the record of an outcome.
     *
     * @param logId the same each time that the record is sent
     * @param contact how the record names the contact
     * @param contactHash the hash of the contact, which is not part of the JSON; empty if the event has no contact
     * @param destination where the event was sent; empty if it was not sent
     * @param attempts how often the event was retried before, without pauses of its whole lane
     */
    static DeliveryRecord of(
            String logId,
            String spool,
            Event event,
            String contact,
            String contactHash,
            String destination,
            EventStep outcome,
            int attempts) {
        ObjectNode json = JSON.createObjectNode()
                .put("logId", logId)
                .put("spool", spool)
                .put(SEQ, event.seq())
                .put(MESSAGE_ID, event.messageId())
                .put("source", event.source())
                .put("type", event.type())
                .put(NAME, event.name())
                .put(CONTACT, contact)
                .put("destination", destination)
                .put("outcome", outcome.outcome())
                .put("reason", outcome.reason())
                .put("attempts", attempts)
                .put("acceptedAt", event.receivedAt().toString())
                .put("settledAt", outcome.at().toString());
        return new DeliveryRecord(json, contactHash);
    }

    /** Reads a record that a spool wrote. */
    public static DeliveryRecord read(String line) {
        try {
            return new DeliveryRecord((ObjectNode) JSON.readTree(line), "");
        } catch (JsonProcessingException e) {
            // without its text, which may contain an address
            throw new IllegalStateException("delivery log: a record is no JSON");
        }
    }

    /** The contact, or if it has none the messageId. Records with the same key stay in order in a Kafka topic. */
    public String key() {
        return text(CONTACT).isEmpty() ? text(MESSAGE_ID) : text(CONTACT);
    }

    /** The seq of its event. */
    public long seq() {
        return json.path(SEQ).asLong();
    }

    /** Returns a copy that no longer says whose event it is. */
    public DeliveryRecord forgotten() {
        return new DeliveryRecord(
                json.deepCopy()
                        .put(MESSAGE_ID, "forgotten-" + seq())
                        .put(NAME, "")
                        .put(CONTACT, ""),
                "");
    }

    /** Whether a text of the record contains the e-mail of a contact that is to be forgotten. */
    public boolean isAbout(ErasureMatcher contact) {
        return List.of(MESSAGE_ID, NAME).stream().anyMatch(field -> contact.isIn(text(field)));
    }

    /** The hash of the contact, by which a spool finds the record if the contact is to be forgotten. */
    public String contactHash() {
        return contactHash;
    }

    private String text(String field) {
        return json.path(field).asText();
    }

    /** The record as a JSON object in one line. */
    public String json() {
        return json.toString();
    }

    /** Contains no address. */
    @Override
    public String toString() {
        return "record " + text("logId");
    }
}
