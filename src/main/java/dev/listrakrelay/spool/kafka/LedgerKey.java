package dev.listrakrelay.spool.kafka;

import java.nio.ByteBuffer;

/**
 * Who wrote a record of a ledger, and as which one; its key.
 *
 * @param kind what it is
 * @param epoch of the owner: that of a newer owner is higher
 * @param owner tells two that think they are the newest one apart
 * @param number ascending within an epoch
 */
record LedgerKey(Kind kind, long epoch, long owner, long number) {

    /** What a record of a ledger is. */
    enum Kind {
        /** From here on the lane is its writer's. */
        EPOCH,
        /** What became of it. */
        ENTRY,
        /** Shows that something can be written. */
        PROBE
    }

    private static final int BYTES = 1 + 3 * Long.BYTES;

    byte[] written() {
        return ByteBuffer.allocate(BYTES)
                .put((byte) kind.ordinal())
                .putLong(epoch)
                .putLong(owner)
                .putLong(number)
                .array();
    }

    static LedgerKey read(byte[] key) {
        ByteBuffer bytes = ByteBuffer.wrap(key);
        return new LedgerKey(Kind.values()[bytes.get()], bytes.getLong(), bytes.getLong(), bytes.getLong());
    }
}
