package dev.listrakrelay.listrak;

import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.mapping.ListrakEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Builds the JSON body of a request to one account.
 *
 * @param eventUid the custom event for rules that don't name one
 * @param companyId the company for rules that don't name one
 */
public record RequestFormat(RequestStyle style, String eventUid, String companyId) {

    static final byte[] CLOSING = "]}".getBytes(StandardCharsets.UTF_8);

    /** Returns the JSON of the request before its first event. */
    byte[] opening(CustomEvent event) {
        String uid = event.eventUid().map(Object::toString).orElse(eventUid);
        String company = event.companyId().map(Object::toString).orElse(companyId);
        return style.opening(uid, company).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the body of a request with these events: at least one, all for the same custom event. */
    public byte[] body(List<ListrakEvent> events) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(opening(events.get(0).customEvent()));
        for (int i = 0; i < events.size(); i++) {
            body.writeBytes(i == 0 ? new byte[0] : new byte[] {','});
            body.writeBytes(events.get(i).json());
        }
        body.writeBytes(CLOSING);
        return body.toByteArray();
    }
}
