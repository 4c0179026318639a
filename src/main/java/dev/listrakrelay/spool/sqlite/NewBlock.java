package dev.listrakrelay.spool.sqlite;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.listrakrelay.spool.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.SQLException;

/**
 * Collects events of a lane for one block. Their columns become a JSON array of arrays, which SQLite can read (view
 * {@code event}). Their payloads follow each other, byte for byte as received.
 */
final class NewBlock {

    /** A limit, because a block is always read as a whole. */
    private static final int MOST_EVENTS = 100;

    private static final int MOST_BYTES = 64 * 1024;

    /** Escapes, because an id may end in half a surrogate pair, which UTF-8 does not allow. */
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final StringWriter events = new StringWriter();
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private final JsonGenerator json;
    private final int lane;
    private long first;
    private long last;
    private int size;

    NewBlock(int lane) {
        this.lane = lane;
        try {
            json = JSON.createGenerator(events);
            json.writeStartArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(long seq, EventBlock.Stored stored) {
        Event event = stored.event();
        first = size == 0 ? seq : first;
        last = seq;
        size++;
        try {
            json.writeStartArray();
            json.writeNumber(seq);
            json.writeString(event.messageId());
            json.writeString(event.source());
            json.writeString(event.type());
            json.writeString(event.name());
            json.writeString(event.contact());
            json.writeString(stored.contactFrom());
            json.writeNumber(event.receivedAt().toEpochMilli());
            json.writeObject(stored.replayedAt());
            json.writeNumber(payload.size());
            json.writeNumber(event.raw().length);
            if (event.traceparent() != null) {
                json.writeString(event.traceparent());
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        payload.writeBytes(event.raw());
    }

    boolean isFull() {
        return size >= MOST_EVENTS || payload.size() >= MOST_BYTES;
    }

    /** @param upto last seq of the blocks that are written together */
    void write(SpoolConnection writer, long upto) throws SQLException {
        try {
            json.writeEndArray();
            json.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writer.update(
                "INSERT INTO block (last, first, upto, lane, size, events, payload) VALUES (?, ?, ?, ?, ?, ?, ?)",
                last,
                first,
                upto,
                lane,
                size,
                events.toString(),
                payload.toByteArray());
    }
}
