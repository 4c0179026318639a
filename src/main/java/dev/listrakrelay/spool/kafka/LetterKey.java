package dev.listrakrelay.spool.kafka;

import java.nio.ByteBuffer;

/**
 * Names a record in a topic of dead letters: what it says, and of which event. A mark is a record of its own, so that it
 * brings no letter back that was taken away meanwhile.
 */
record LetterKey(Kind kind, long seq) {

    /** What a record says. */
    enum Kind {
        /** It is the dead letter. */
        LETTER,
        /** The dead letter waits to be replayed. */
        WAITING,
        /** The event was forgotten. */
        FORGOTTEN
    }

    private static final Kind[] KINDS = Kind.values();

    byte[] bytes() {
        return ByteBuffer.allocate(Long.BYTES + 1)
                .putLong(seq)
                .put((byte) kind.ordinal())
                .array();
    }

    static LetterKey read(byte[] key) {
        ByteBuffer bytes = ByteBuffer.wrap(key);
        long seq = bytes.getLong();
        return new LetterKey(KINDS[bytes.get()], seq);
    }
}
