package dev.listrakrelay.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.listrakrelay.mapping.EventTime;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.StandIns;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Extracts the events from one request body in one pass, and copies the batch's common fields into each. */
final class BodyReader {

    /** The position of an event in the body, and what is known of it. */
    private record Found(EventDraft draft, int start, int end) {}

    private final JsonParser parser;
    private final byte[] body;
    private final PathTree contact;
    private final StandIns standIns;
    private final String type;
    private final RequestSource origin;
    private final EventReader reader;
    private final BatchFields shared = new BatchFields();
    private final List<Found> found = new ArrayList<>();

    /** @param type the type of every event, whatever the event says; null if each event has its own */
    BodyReader(JsonParser parser, byte[] body, PathTree contact, StandIns standIns, String type, RequestSource origin) {
        this.parser = parser;
        this.body = body;
        this.contact = contact;
        this.standIns = standIns;
        this.type = type;
        this.origin = origin;
        this.reader = new EventReader(parser, contact);
    }

    /** Reads the body. The parser is at its first token. */
    void read(String call) throws IOException {
        if (call.equals(TrackingCalls.BATCH)) {
            batch();
        } else if (call.equals(TrackingCalls.EVENTS) && parser.currentToken() == JsonToken.START_ARRAY) {
            array();
        } else {
            event();
        }
    }

    private void batch() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw UnreadableRequest.malformed("body: expected an object with a batch");
        }
        Set<String> names = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            boolean isBatch = name.equals("batch");
            boolean isFirst = names.add(name);
            if (parser.nextToken() == JsonToken.START_ARRAY && isBatch && isFirst) {
                array();
            } else if (isBatch) {
                throw UnreadableRequest.malformed("batch: expected one array of events");
            } else if (!isFirst) {
                throw UnreadableRequest.malformed("batch" + EventReader.KEY_TWICE);
            } else {
                shared.read(name, parser, body);
            }
        }
        if (!names.contains("batch")) {
            throw UnreadableRequest.malformed("batch: missing, expected an array of events");
        }
    }

    private void array() throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (found.size() == RequestReader.MOST_EVENTS) {
                throw UnreadableRequest.tooLarge("batch: expected at most " + RequestReader.MOST_EVENTS + " events");
            }
            event();
        }
    }

    private void event() throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        EventDraft draft = reader.read();
        int end = (int) parser.currentLocation().getByteOffset();
        check(draft, end - start);
        found.add(new Found(draft, start, end));
    }

    private void check(EventDraft draft, int bytes) {
        if (type != null) {
            draft.type(type);
        }
        if (bytes > RequestReader.MOST_EVENT_BYTES) {
            draft.reject(IntakeResult.TOO_LARGE + bytes + " bytes, expected at most " + RequestReader.MOST_EVENT_BYTES);
        }
        draft.check();
    }

    /** What came of it; what follows the events in their batch is known by now. */
    IntakeResult intake() throws IOException {
        IntakeResult intake = new IntakeResult();
        long bytes = 0;
        for (Found one : found) {
            Event event = event(one, intake);
            bytes += event == null ? 0 : event.raw().length;
            if (bytes > RequestReader.MOST_SPREAD_BYTES) {
                throw UnreadableRequest.tooLarge("batch: its context, in each of its events, makes them larger than "
                        + RequestReader.MOST_SPREAD_BYTES + " bytes together");
            }
        }
        return intake;
    }

    /** The event, which the intake takes; null if it rejects it. */
    private Event event(Found one, IntakeResult intake) throws IOException {
        EventDraft draft = one.draft();
        if (draft.mistake() == null) {
            byte[] came = Arrays.copyOfRange(body, one.start(), one.end());
            byte[] whole = shared.addTo(came, draft.shareable(), receivedAt());
            shared.date(draft);
            draft = shared.areObjects() ? reread(whole) : draft;
            if (draft.isUndated() && !origin.takesUnreadableTimes()) {
                draft.reject(EventTime.UNREADABLE);
            }
            if (draft.mistake() == null) {
                if (origin.place() != null) {
                    draft.idWhereNone(intake.size() == 0 ? origin.place() : origin.place() + "#" + intake.size());
                }
                Event event = draft.event(origin.source(), origin.now(), whole, standIns);
                intake.events().add(event);
                if (draft.isUndated()) {
                    intake.undated().add(event);
                }
                return event;
            }
        }
        intake.reject(draft.mistake());
        return null;
    }

    private String receivedAt() {
        return origin.isLive() ? origin.now().truncatedTo(ChronoUnit.MILLIS).toString() : null;
    }

    /** Reads an event again after it got its batch's context, which can change its contact and exceed the bounds. */
    private EventDraft reread(byte[] event) throws IOException {
        try (JsonParser own = RequestReader.JSON.createParser(event)) {
            own.nextToken();
            EventDraft draft = new EventReader(own, contact).read();
            check(draft, event.length);
            return draft;
        }
    }
}
