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

    /** What happens to a message that no event can be read from. */
    public enum Unreadable {
        /** Into the spool as it came, to become a dead letter: its source forgets it. */
        KEPT,
        /** Nowhere: its source is told, and keeps it. */
        TOLD
    }

    /**
     * One message or line.
     *
     * @param place where it lay, the same whenever it is read: its events are called after it where they have no id
     * @param json what it holds; empty where that is nothing
     * @param mistake what is wrong with it before it is read; empty where nothing is
     */
    public record Message(String place, byte[] json, String mistake) {

        private static final byte[] NOTHING = {};

        public Message {
            Objects.requireNonNull(place, "place");
            Objects.requireNonNull(mistake, "mistake");
            json = json == null ? NOTHING : json;
        }

        public Message(String place, byte[] json) {
            this(place, json, "");
        }

        /** One that is not even read. */
        public static Message refused(String place, String mistake) {
            return new Message(place, NOTHING, mistake);
        }
    }
}
