package dev.listrakrelay.spool.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stores events in blocks of one lane each, inside the transaction of a group commit. Blocks that are written together
 * have the same {@code upto}, and no other block holds a seq between theirs.
 */
final class BlockWriter {

    private final SpoolConnection sql;
    private final List<NewBlock> blocks = new ArrayList<>();
    private final Map<Integer, NewBlock> filling = new HashMap<>();

    BlockWriter(SpoolConnection writer) {
        sql = writer;
    }

    /** Adds an event. Its seq must be greater than all seqs before. Returns whether the event fills a block. */
    boolean add(long seq, EventBlock.Stored event) {
        NewBlock block = filling.computeIfAbsent(event.lane(), this::begin);
        block.add(seq, event);
        if (block.isFull()) {
            filling.remove(event.lane());
        }
        return block.isFull();
    }

    private NewBlock begin(int lane) {
        NewBlock block = new NewBlock(lane);
        blocks.add(block);
        return block;
    }

    /** @param upto the last seq of all blocks that are written with these, now or before */
    void write(long upto) throws SQLException {
        for (NewBlock block : blocks) {
            block.write(sql, upto);
        }
        rolledBack();
    }

    /** Discards the added events. */
    void rolledBack() {
        blocks.clear();
        filling.clear();
    }
}
