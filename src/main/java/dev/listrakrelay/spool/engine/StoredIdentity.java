package dev.listrakrelay.spool.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.listrakrelay.spool.EmailAddress;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import java.io.IOException;

/** Reads the ids of a stored event from its payload, so that an e-mail learned since it was accepted can be found. */
public final class StoredIdentity {

    private static final JsonFactory JSON = new JsonFactory();

    private StoredIdentity() {}

    /**
     * Returns a copy with the userId and anonymousId of its payload. If the e-mail is known, it returns the event
     * itself.
     */
    public static Event of(Event event) {
        if (event.identity().isLearned() || EmailAddress.of(event.contact()) != null) {
            return event;
        }
        String userId = null;
        String anonymousId = null;
        try (JsonParser json = JSON.createParser(event.raw())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return event;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.VALUE_STRING && field.equals("userId")) {
                    userId = json.getText();
                } else if (value == JsonToken.VALUE_STRING && field.equals("anonymousId")) {
                    anonymousId = json.getText();
                }
                json.skipChildren();
            }
        } catch (IOException unreadable) {
            return event;
        }
        // a userId that did not become the contact is a stand-in id
        return event.withIdentity(Identity.told(event.contact().equals(userId) ? userId : null, anonymousId, null));
    }
}
