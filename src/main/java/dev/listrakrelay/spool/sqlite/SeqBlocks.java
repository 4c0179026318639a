package dev.listrakrelay.spool.sqlite;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Packs the seqs that share a step: one blob for each block of 4,096 seqs, two bytes a seq. */
final class SeqBlocks {

    static final int BITS = 12;
    private static final int MASK = (1 << BITS) - 1;

    private SeqBlocks() {}

    static long of(long seq) {
        return seq >> BITS;
    }

    static long last(long block) {
        return (block << BITS) | MASK;
    }

    /** The packed seqs by block. */
    static Map<Long, byte[]> pack(Collection<Long> seqs) {
        Map<Long, ByteBuffer> buffers = new TreeMap<>();
        for (long seq : seqs) {
            buffers.computeIfAbsent(of(seq), block -> ByteBuffer.allocate(2 * Math.min(seqs.size(), 1 << BITS)))
                    .putShort((short) (seq & MASK));
        }
        Map<Long, byte[]> packed = new TreeMap<>();
        buffers.forEach((block, buffer) -> packed.put(block, Arrays.copyOf(buffer.array(), buffer.position())));
        return packed;
    }

    static long[] unpack(long block, byte[] packed) {
        long[] seqs = new long[packed.length / 2];
        ByteBuffer buffer = ByteBuffer.wrap(packed);
        for (int i = 0; i < seqs.length; i++) {
            seqs[i] = (block << BITS) | buffer.getShort();
        }
        return seqs;
    }

    static boolean contains(byte[] packed, long seq) {
        for (int i = 0; i < packed.length; i += 2) {
            if (((packed[i] & 0xff) << 8 | packed[i + 1] & 0xff) == (seq & MASK)) {
                return true;
            }
        }
        return false;
    }
}
