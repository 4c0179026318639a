package dev.listrakrelay.ingest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.StandInIds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the events of one request body. It parses the body once, keeps each event's bytes, and checks each event by
 * itself.
 */
final class RequestReader {

    static final int MAX_EVENTS = 2_500;
    static final int MAX_REQUEST_BYTES = 500 * 1024;
    static final int MAX_EVENT_BYTES = 32 * 1024;

    /** The limit for all events of a request in total, each with its batch's context. */
    static final int MAX_TOTAL_EVENT_BYTES = 4 * MAX_REQUEST_BYTES;

    private static final int MAX_DEPTH = 1_000;

    /** Accepts more than an event may have, so that one bad event does not hide the others. */
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_REQUEST_BYTES)
                    .maxNameLength(MAX_REQUEST_BYTES)
                    .build())
            .build();

    private final PathTree contact;
    private final StandInIds standIns;

    /** @param standIns ids that belong to no contact, such as {@code undefined} */
    RequestReader(List<List<String>> contactPaths, StandInIds standIns) {
        this.contact = PathTree.of(contactPaths);
        this.standIns = standIns;
    }

    /**
     * Reads a body in UTF-8.
     *
     * @param call the call: one of the six types (the body is one such event), {@code batch} (an object with the key
     *     {@code batch}, an array of events) or {@code events} (an event or an array of events)
     * @throws UnreadableRequest if the body as a whole can't be read
     */
    IntakeResult read(byte[] body, String call, RequestSource source) {
        check(body);
        try (JsonParser parser = JSON.createParser(body)) {
            String type = Event.TYPES.contains(call) ? call : null;
            BodyReader reader = new BodyReader(parser, body, contact, standIns, type, source);
            if (parser.nextToken() == null) {
                throw UnreadableRequest.malformed("body: empty, expected JSON");
            }
            reader.read(call);
            if (parser.nextToken() != null) {
                throw UnreadableRequest.malformed("body: more than one JSON value, expected one");
            }
            return reader.result();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Returns why {@link #JSON} could not read a body to its end. */
    static UnreadableRequest unreadable(IOException failure) {
        if (failure instanceof StreamConstraintsException) {
            return UnreadableRequest.malformed("body: nested too deep, expected at most " + MAX_DEPTH + " levels");
        }
        return UnreadableRequest.malformed(
                failure instanceof JacksonException e
                        ? "body: not JSON at byte " + e.getLocation().getByteOffset()
                        : "body: not readable");
    }

    /** @throws UnreadableRequest if a body is empty, too large, or not in UTF-8 */
    static void check(byte[] body) {
        if (body == null || body.length == 0) {
            throw UnreadableRequest.malformed("body: empty, expected JSON");
        }
        if (body.length > MAX_REQUEST_BYTES) {
            throw UnreadableRequest.tooLarge(
                    "body: too large, expected at most " + MAX_REQUEST_BYTES + " bytes, found " + body.length);
        }
        requireUtf8(body);
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
            throw UnreadableRequest.malformed("body: expected UTF-8, found another encoding");
        }
        if (body.length > 1 && (body[0] == 0 || body[1] == 0)) {
            throw UnreadableRequest.malformed("body: expected UTF-8, found UTF-16 or UTF-32");
        }
    }
}
