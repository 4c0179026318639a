package dev.listrakrelay.ingest;

import dev.listrakrelay.spool.Event;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Reads the events of messages. Like a request body, each message is an event, an array of events, or a batch. */
final class MessageBatchReader {

    private final RequestReader reader;
    private final String source;
    private final Instant now;

    MessageBatchReader(RequestReader reader, String source, Instant now) {
        this.reader = reader;
        this.source = source;
        this.now = now;
    }

    /** Returns the events and rejections. A rejection's index is that of its message. */
    IntakeResult read(MessageBatch messages) {
        IntakeResult all = new IntakeResult();
        List<MessageBatch.Message> list = messages.messages();
        for (int i = 0; i < list.size(); i++) {
            MessageBatch.Message message = list.get(i);
            IntakeResult intake = read(message);
            all.events().addAll(intake.events());
            if (!intake.rejected().isEmpty()) {
                String reason = reason(intake);
                if (messages.unreadable() == MessageBatch.Unreadable.KEPT) {
                    all.events().add(kept(message, reason));
                } else {
                    all.rejected().add(new IntakeResult.Rejection(i, reason));
                }
            }
        }
        return all;
    }

    private IntakeResult read(MessageBatch.Message message) {
        if (!message.mistake().isEmpty()) {
            return IntakeResult.rejected(message.mistake());
        }
        try {
            IntakeResult intake = reader.read(message.json(), TrackingCalls.EVENTS, origin(message));
            return intake.isOneRejected() ? asBatch(message, intake) : intake;
        } catch (UnreadableRequest e) {
            return IntakeResult.rejected(e.getMessage());
        }
    }

    /** Reads an object that is not an event as a batch. */
    private IntakeResult asBatch(MessageBatch.Message message, IntakeResult asEvent) {
        try {
            return reader.read(message.json(), TrackingCalls.BATCH, origin(message));
        } catch (UnreadableRequest notABatch) {
            return asEvent;
        }
    }

    private RequestSource origin(MessageBatch.Message message) {
        return RequestSource.past(source, now, message.place());
    }

    private static String reason(IntakeResult intake) {
        IntakeResult.Rejection first = intake.rejected().get(0);
        return intake.size() == 1
                ? first.reason()
                : intake.rejected().size() + " of " + intake.size() + " events, the first is [" + first.index() + "]: "
                        + first.reason();
    }

    /** The message as it came, as far as a request may be large. */
    private Event kept(MessageBatch.Message message, String reason) {
        byte[] json = message.json();
        byte[] raw = json.length > RequestReader.MOST_REQUEST_BYTES
                ? Arrays.copyOf(json, RequestReader.MOST_REQUEST_BYTES)
                : json;
        String id = message.place() + "#unreadable";
        return new Event(0, id, source, Event.UNREADABLE, message.place() + ": " + reason, id, now, raw);
    }
}
