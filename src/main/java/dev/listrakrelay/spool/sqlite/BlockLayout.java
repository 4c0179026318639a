package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Moves events to new lanes. It replaces the blocks that were written together with new blocks that hold the same
 * events.
 */
final class BlockLayout {

    private final Connection writer;

    BlockLayout(Connection writer) {
        this.writer = writer;
    }

    /** @param settled the lane for events up to the head: they are settled, or open and found by their seq */
    void layOut(int lanes, int settled) throws SQLException {
        try (BlockWriter blocks = new BlockWriter(writer);
                LanePositions before = new LanePositions(writer);
                PreparedStatement next = writer.prepareStatement("SELECT min(upto) FROM block WHERE upto > ?");
                PreparedStatement read =
                        writer.prepareStatement("SELECT " + EventBlock.COLUMNS + " FROM block WHERE upto = ?");
                PreparedStatement delete = writer.prepareStatement("DELETE FROM block WHERE upto = ?")) {
            for (long upto = next(next, 0); upto > 0; upto = next(next, upto)) {
                List<EventBlock.Stored> events = read(read, upto);
                delete.setLong(1, upto);
                delete.executeUpdate();
                events.stream()
                        .map(event -> event.on(
                                before.isBehindHead(event)
                                        ? Lane.of(event.event().contact(), lanes)
                                        : settled))
                        .forEach(event -> blocks.add(event.seq(), event));
                blocks.write(upto);
            }
        }
    }

    /** Returns the next {@code upto}; 0 if there is none. */
    private static long next(PreparedStatement next, long after) throws SQLException {
        next.setLong(1, after);
        try (ResultSet row = next.executeQuery()) {
            return row.getLong(1);
        }
    }

    private static List<EventBlock.Stored> read(PreparedStatement read, long upto) throws SQLException {
        List<EventBlock.Stored> events = new ArrayList<>();
        read.setLong(1, upto);
        try (ResultSet row = read.executeQuery()) {
            while (row.next()) {
                events.addAll(EventBlock.read(row, any -> true));
            }
        }
        events.sort(Comparator.comparingLong(EventBlock.Stored::seq));
        return events;
    }
}
