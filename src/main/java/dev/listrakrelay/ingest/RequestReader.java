package dev.listrakrelay.ingest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.listrakrelay.spool.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Takes the events out of one request's body: parsed once, each kept byte for byte, each checked by itself. */
final class RequestReader {

    static final Set<String> CALLS = Set.of("track", "page", "screen", "identify", "group", "alias", "batch", "events");
    static final int MOST_EVENTS = 2_500;
    static final int MOST_REQUEST_BYTES = 500 * 1024;
    static final int MOST_EVENT_BYTES = 32 * 1024;

    private static final int MOST_DEPTH = 1_000;

    /** Wider than our own bounds, so that one bad event doesn't hide the others from us. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_DEPTH)
                    .maxNumberLength(MOST_REQUEST_BYTES)
                    .maxNameLength(MOST_REQUEST_BYTES)
                    .build())
            .build();

    private final Paths contact;

    RequestReader(List<List<String>> contactPaths) {
        this.contact = Paths.of(contactPaths);
    }

    /**
     * Reads a body in UTF-8.
     *
     * @param call what was called: one of the six types (the body is one such event), {@code batch} (an object with a
     *     {@code batch} of events) or {@code events} (an event or an array of events)
     * @throws UnreadableRequest if the body as a whole is of no use
     */
    Intake read(byte[] body, String call, String source, Instant now) {
        return read(body, call, source, now, null);
    }

    /**
     * Does the same for a message of a queue or a line of a file.
     *
     * @param place what events without an id of their own are called after; where it is null they get a random one
     */
    Intake read(byte[] body, String call, String source, Instant now, String place) {
        if (body == null || body.length == 0) {
            throw UnreadableRequest.malformed("body: empty, expected JSON");
        }
        if (body.length > MOST_REQUEST_BYTES) {
            throw UnreadableRequest.tooLarge("body: " + body.length + " bytes, expected at most " + MOST_REQUEST_BYTES);
        }
        requireUtf8(body);
        try (JsonParser parser = JSON.createParser(body)) {
            Reading reading = new Reading(parser, body, source, Event.TYPES.contains(call) ? call : null, now, place);
            if (parser.nextToken() == null) {
                throw UnreadableRequest.malformed("body: empty, expected JSON");
            }
            if (call.equals("batch")) {
                reading.batch();
            } else if (call.equals("events") && parser.currentToken() == JsonToken.START_ARRAY) {
                reading.array();
            } else {
                reading.event();
            }
            if (parser.nextToken() != null) {
                throw UnreadableRequest.malformed("body: more than one JSON value, expected one");
            }
            return reading.intake;
        } catch (StreamConstraintsException tooDeep) {
            throw UnreadableRequest.malformed("body: nested deeper than " + MOST_DEPTH + " levels");
        } catch (JacksonException e) {
            throw UnreadableRequest.malformed(
                    "body: not JSON at byte " + e.getLocation().getByteOffset());
        } catch (IOException e) {
            throw UnreadableRequest.malformed("body: not readable");
        }
    }

    private static void requireUtf8(byte[] body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer passing = CharBuffer.allocate(Math.min(body.length, 4_096));
        CoderResult result;
        do {
            result = decoder.decode(bytes, passing.clear(), true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw UnreadableRequest.malformed("body: expected UTF-8");
        }
        if (body.length > 1 && (body[0] == 0 || body[1] == 0)) {
            throw UnreadableRequest.malformed("body: expected UTF-8, found UTF-16 or UTF-32");
        }
    }

    /** One body being read. */
    private final class Reading {
        private final JsonParser parser;
        private final byte[] body;
        private final String source;
        private final String type;
        private final Instant now;
        private final String place;
        private final EventReader reader;
        private final Intake intake = new Intake();

        Reading(JsonParser parser, byte[] body, String source, String type, Instant now, String place) {
            this.parser = parser;
            this.body = body;
            this.source = source;
            this.type = type;
            this.now = now;
            this.place = place;
            this.reader = new EventReader(parser, contact);
        }

        void batch() throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw UnreadableRequest.malformed("body: expected an object with a batch");
            }
            boolean found = false;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                boolean isBatch = parser.currentName().equals("batch");
                if (parser.nextToken() == JsonToken.START_ARRAY && isBatch && !found) {
                    array();
                    found = true;
                } else if (isBatch) {
                    throw UnreadableRequest.malformed("batch: expected one array of events");
                } else {
                    parser.skipChildren();
                }
            }
            if (!found) {
                throw UnreadableRequest.malformed("batch: missing, expected an array of events");
            }
        }

        void array() throws IOException {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (intake.size() == MOST_EVENTS) {
                    throw UnreadableRequest.tooLarge("batch: expected at most " + MOST_EVENTS + " events");
                }
                event();
            }
        }

        void event() throws IOException {
            int start = (int) parser.currentTokenLocation().getByteOffset();
            Draft draft = reader.read();
            int end = (int) parser.currentLocation().getByteOffset();
            if (type != null) {
                draft.type(type);
            }
            if (end - start > MOST_EVENT_BYTES) {
                draft.reject(Intake.TOO_LARGE + (end - start) + " bytes, expected at most " + MOST_EVENT_BYTES);
            }
            draft.check();
            if (draft.mistake() == null) {
                if (place != null) {
                    draft.idWhereNone(intake.size() == 0 ? place : place + "#" + intake.size());
                }
                intake.events().add(draft.event(source, now, Arrays.copyOfRange(body, start, end)));
            } else {
                intake.reject(draft.mistake());
            }
        }
    }
}
