package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.SpoolLanes;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.lane.Lane;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Gives a lane's consumer its due events as a batch. If a page of the file can't be read, only the lanes that need it
 * fail.
 */
final class BatchTaker {

    private final SpoolLanes spool;
    private final DueEventReader reader;
    private final CorruptionState corruption;
    private final Clock clock;

    BatchTaker(SpoolLanes spool, DueEventReader reader, CorruptionState corruption, Clock clock) {
        this.spool = spool;
        this.reader = reader;
        this.corruption = corruption;
        this.clock = clock;
    }

    Optional<Batch> take(Lane lane, int max, Duration linger, Duration patience) throws InterruptedException {
        if (!lane.awaitDue(max, linger, patience, clock)) {
            return Optional.empty();
        }
        try {
            Optional<Batch> batch = lane.batch(spool, reader.read(lane, max, clock.millis()));
            if (batch.isEmpty()) {
                lane.release();
            }
            return batch;
        } catch (SQLException e) {
            lane.release();
            corruption.note(e);
            throw new SpoolUnavailable("spool: can't read lane " + lane.number() + ", " + e.getMessage(), e);
        }
    }
}
