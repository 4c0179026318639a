package dev.listrakrelay.ingest;

import java.util.List;
import java.util.Objects;

/**
 * Messages of a queue, or lines of a file, for {@code direct:ingest}. It stores them together, and reads each like a
 * request of its own.
 *
 * @param unreadable what to do with a message that holds no valid event
 */
public record MessageBatch(List<Message> messages, Unreadable unreadable) {

    /** What happens to a message without a valid event. */
    public enum Unreadable {
        /** It is stored as it came and becomes a dead letter. Its source need not keep it. */
        DEAD_LETTER,
        /** It is not stored. Its source gets the rejection and keeps the message. */
        REJECT
    }

    /**
     * One message or line.
     *
     * @param position where the message is in its source, the same at each read; events without an id get an id derived from it
     * @param json the content; empty if there is none
     * @param mistake a mistake that is known before the message is read; empty if none
     * @param traceparent the sender's span; null if there is none
     */
    public record Message(String position, byte[] json, String mistake, String traceparent) {

        private static final byte[] EMPTY = {};

        public Message {
            Objects.requireNonNull(position, "position");
            Objects.requireNonNull(mistake, "mistake");
            json = json == null ? EMPTY : json;
        }

        public Message(String position, byte[] json) {
            this(position, json, "");
        }

        public Message(String position, byte[] json, String mistake) {
            this(position, json, mistake, null);
        }

        /** Returns the message with another span; null for none. */
        public Message withTraceparent(String other) {
            return new Message(position, json, mistake, other);
        }

        /** Returns a message that is rejected without being read. */
        public static Message rejected(String position, String mistake) {
            return new Message(position, EMPTY, mistake);
        }
    }
}
