package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Event;
import java.util.List;

/**
 * One request to Listrak.
 *
 * @param events those it carries, at most one per contact
 * @param body its JSON, UTF-8
 */
record ListrakRequest(List<Event> events, byte[] body) {

    /** The exchange property under which the steps of a request find it. */
    static final String PROPERTY = "listrakRequest";

    @Override
    public String toString() {
        return events.size() + " events, " + body.length + " bytes";
    }
}
