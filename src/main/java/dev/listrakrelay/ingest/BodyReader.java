package dev.listrakrelay.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.listrakrelay.mapping.EventTime;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.StandInIds;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Extracts the events from one request body in one pass, and copies the batch's common fields into each. */
final class BodyReader {

    /** An event, with its first and last byte in the body. */
    private record EventSlice(EventDraft draft, int start, int end) {}

    private final JsonParser parser;
    private final byte[] body;
    private final PathTree contact;
    private final StandInIds standIns;
    private final String type;
    private final RequestSource source;
    private final EventReader reader;
    private final BatchFields batchFields = new BatchFields();
    private final List<EventSlice> slices = new ArrayList<>();

    /** @param type the type of every event, whatever the event says; null if each event has its own */
    BodyReader(
            JsonParser parser, byte[] body, PathTree contact, StandInIds standIns, String type, RequestSource source) {
        this.parser = parser;
        this.body = body;
        this.contact = contact;
        this.standIns = standIns;
        this.type = type;
        this.source = source;
        this.reader = new EventReader(parser, contact);
    }

    /** Reads the body. The parser is at its first token. */
    void read(String call) throws IOException {
        if (call.equals(TrackingCalls.BATCH)) {
            readBatch();
        } else if (call.equals(TrackingCalls.EVENTS) && parser.currentToken() == JsonToken.START_ARRAY) {
            readArray();
        } else {
            readEvent();
        }
    }

    private void readBatch() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw UnreadableRequest.malformed(
                    "body: expected an object with the key batch" + EventReader.found(parser.currentToken()));
        }
        Set<String> names = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            boolean isBatch = name.equals("batch");
            boolean isFirst = names.add(name);
            if (parser.nextToken() == JsonToken.START_ARRAY && isBatch && isFirst) {
                readArray();
            } else if (!isFirst) {
                throw UnreadableRequest.malformed("batch" + EventReader.DUPLICATE_KEY);
            } else if (isBatch) {
                throw UnreadableRequest.malformed(
                        "batch: expected an array of events" + EventReader.found(parser.currentToken()));
            } else {
                batchFields.read(name, parser, body);
            }
        }
        if (!names.contains("batch")) {
            throw UnreadableRequest.malformed("batch: missing, expected an array of events");
        }
    }

    private void readArray() throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (slices.size() == RequestReader.MAX_EVENTS) {
                throw UnreadableRequest.tooLarge(
                        "batch: too many events, expected at most " + RequestReader.MAX_EVENTS);
            }
            readEvent();
        }
    }

    private void readEvent() throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        EventDraft draft = reader.read();
        int end = (int) parser.currentLocation().getByteOffset();
        check(draft, end - start);
        slices.add(new EventSlice(draft, start, end));
    }

    private void check(EventDraft draft, int bytes) {
        if (type != null) {
            draft.setType(type);
        }
        if (bytes > RequestReader.MAX_EVENT_BYTES) {
            draft.reject(IntakeResult.TOO_LARGE + "expected at most " + RequestReader.MAX_EVENT_BYTES + " bytes, found "
                    + bytes);
        }
        draft.check();
    }

    /** Completes the events with the batch's fields, and returns the result. Call it after {@link #read}. */
    IntakeResult result() throws IOException {
        IntakeResult result = new IntakeResult();
        long bytes = 0;
        for (EventSlice slice : slices) {
            Event event = complete(slice, result);
            bytes += event == null ? 0 : event.raw().length;
            if (bytes > RequestReader.MAX_TOTAL_EVENT_BYTES) {
                throw UnreadableRequest.tooLarge(
                        "batch: events too large with the batch's context in each, expected at most "
                                + RequestReader.MAX_TOTAL_EVENT_BYTES + " bytes in total");
            }
        }
        return result;
    }

    /** Adds the event to the result, and returns it; null if the event is rejected. */
    private Event complete(EventSlice slice, IntakeResult result) throws IOException {
        EventDraft draft = slice.draft();
        if (draft.mistake() == null) {
            byte[] original = Arrays.copyOfRange(body, slice.start(), slice.end());
            byte[] complete = batchFields.addTo(original, draft.batchFieldNames(), receivedAt());
            batchFields.applyTime(draft);
            draft = batchFields.hasObjects() ? readAgain(complete) : draft;
            if (draft.hasUnreadableTime() && !source.acceptsUnreadableTimes()) {
                draft.reject(EventTime.UNREADABLE);
            }
            if (draft.mistake() == null) {
                if (source.position() != null) {
                    draft.setDefaultId(
                            result.size() == 0 ? source.position() : source.position() + "#" + result.size());
                }
                Event event = draft.event(source.name(), source.now(), complete, standIns);
                result.events().add(event);
                if (draft.hasUnreadableTime()) {
                    result.unreadableTimes().add(event);
                }
                return event;
            }
        }
        result.reject(draft.mistake());
        return null;
    }

    private String receivedAt() {
        return source.isLive() ? source.now().truncatedTo(ChronoUnit.MILLIS).toString() : null;
    }

    /** Reads an event again after it got its batch's context, which can change its contact and exceed the limits. */
    private EventDraft readAgain(byte[] event) throws IOException {
        try (JsonParser ownParser = RequestReader.JSON.createParser(event)) {
            ownParser.nextToken();
            EventDraft draft = new EventReader(ownParser, contact).read();
            check(draft, event.length);
            return draft;
        }
    }
}
