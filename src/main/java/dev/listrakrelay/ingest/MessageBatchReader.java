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
            if (message.traceparent() != null) {
                intake.events().replaceAll(event -> event.withTraceparent(message.traceparent()));
            }
            all.events().addAll(intake.events());
            if (!intake.rejected().isEmpty()) {
                String reason = reason(intake);
                if (messages.unreadable() == MessageBatch.Unreadable.DEAD_LETTER) {
                    all.events().add(asDeadLetter(message, reason));
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
            IntakeResult intake = reader.read(message.json(), TrackingCalls.EVENTS, requestSource(message));
            return intake.isSingleRejection() ? asBatch(message, intake) : intake;
        } catch (UnreadableRequest e) {
            return IntakeResult.rejected(e.getMessage());
        }
    }

    /** Reads an object that is not an event as a batch. */
    private IntakeResult asBatch(MessageBatch.Message message, IntakeResult asEvent) {
        try {
            return reader.read(message.json(), TrackingCalls.BATCH, requestSource(message));
        } catch (UnreadableRequest notABatch) {
            return asEvent;
        }
    }

    private RequestSource requestSource(MessageBatch.Message message) {
        return RequestSource.delayed(source, now, message.position());
    }

    private static String reason(IntakeResult intake) {
        IntakeResult.Rejection first = intake.rejected().get(0);
        return intake.size() == 1
                ? first.reason()
                : intake.rejected().size() + " of " + intake.size() + " events rejected, the first is [" + first.index()
                        + "]: " + first.reason();
    }

    /** Returns the message as an unreadable event, cut at the size limit of a request. */
    private Event asDeadLetter(MessageBatch.Message message, String reason) {
        byte[] json = message.json();
        byte[] raw = json.length > RequestReader.MAX_REQUEST_BYTES
                ? Arrays.copyOf(json, RequestReader.MAX_REQUEST_BYTES)
                : json;
        String id = message.position() + "#unreadable";
        return new Event(0, id, source, Event.UNREADABLE, message.position() + ": " + reason, id, now, raw);
    }
}
