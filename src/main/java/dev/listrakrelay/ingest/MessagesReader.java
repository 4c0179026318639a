package dev.listrakrelay.ingest;

import dev.listrakrelay.spool.Event;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Takes the events out of messages: each is an event, an array of events or a batch, as a request's body is. */
final class MessagesReader {

    private final RequestReader reader;
    private final String source;
    private final Instant now;

    MessagesReader(RequestReader reader, String source, Instant now) {
        this.reader = reader;
        this.source = source;
        this.now = now;
    }

    /** What came of them; a rejection's index is that of its message. */
    Intake read(Messages messages) {
        Intake all = new Intake();
        List<Messages.Message> list = messages.messages();
        for (int i = 0; i < list.size(); i++) {
            Messages.Message message = list.get(i);
            Intake intake = read(message);
            all.events().addAll(intake.events());
            if (!intake.rejected().isEmpty()) {
                String reason = reason(intake);
                if (messages.unreadable() == Messages.Unreadable.KEPT) {
                    all.events().add(kept(message, reason));
                } else {
                    all.rejected().add(new Intake.Rejection(i, reason));
                }
            }
        }
        return all;
    }

    private Intake read(Messages.Message message) {
        if (!message.mistake().isEmpty()) {
            return Intake.rejected(message.mistake());
        }
        try {
            Intake intake = reader.read(message.json(), Calls.EVENTS, origin(message));
            return intake.isOneRejected() ? asBatch(message, intake) : intake;
        } catch (UnreadableRequest e) {
            return Intake.rejected(e.getMessage());
        }
    }

    /** An object that is no event may be a batch of them. */
    private Intake asBatch(Messages.Message message, Intake asEvent) {
        try {
            return reader.read(message.json(), Calls.BATCH, origin(message));
        } catch (UnreadableRequest notABatch) {
            return asEvent;
        }
    }

    private Origin origin(Messages.Message message) {
        return Origin.past(source, now, message.place());
    }

    private static String reason(Intake intake) {
        Intake.Rejection first = intake.rejected().get(0);
        return intake.size() == 1
                ? first.reason()
                : intake.rejected().size() + " of " + intake.size() + " events, the first is [" + first.index() + "]: "
                        + first.reason();
    }

    /** The message as it came, as far as a request may be large. */
    private Event kept(Messages.Message message, String reason) {
        byte[] json = message.json();
        byte[] raw = json.length > RequestReader.MOST_REQUEST_BYTES
                ? Arrays.copyOf(json, RequestReader.MOST_REQUEST_BYTES)
                : json;
        String id = message.place() + "#unreadable";
        return new Event(0, id, source, Event.UNREADABLE, message.place() + ": " + reason, id, now, raw);
    }
}
