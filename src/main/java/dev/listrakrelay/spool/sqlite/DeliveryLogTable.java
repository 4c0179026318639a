package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.log.LogRateLimiter;
import dev.listrakrelay.log.Plural;
import dev.listrakrelay.spool.DeliveryLog.UnsentRecord;
import dev.listrakrelay.spool.DeliveryLogOptions;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.engine.DeliveryRecord;
import dev.listrakrelay.spool.engine.DeliveryRecorder;
import dev.listrakrelay.spool.lane.LaneChange;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongToIntFunction;
import org.jboss.logging.Logger;

/**
 * Writes the records of the delivery log that are not sent yet, inside the transaction that settles their events. Rows
 * are deleted from the front only, so the ids have no gaps.
 *
 * <p>The number of records is limited. So a warehouse that is away for long can't fill the disk that events need.
 */
final class DeliveryLogTable {

    /** Two queries in one: with both aggregates in the same one, SQLite would read all rows. */
    private static final String COUNT =
            """
            SELECT coalesce((SELECT max(id) FROM delivery_log) - (SELECT min(id) FROM delivery_log) + 1, 0),
              coalesce((SELECT max(id) FROM delivery_log), 0)""";

    private static final Logger LOG = Logger.getLogger(DeliveryLogTable.class);

    private final String spool;
    private final SpoolConnection sql;
    private final DeliveryRecorder recorder;
    private final long mostUnsent;
    private final ForgottenEvents forgotten;
    private final AtomicLong lost = new AtomicLong();
    private final LogRateLimiter lines = LogRateLimiter.onceAMinute(Clock.systemUTC());

    /** @param options empty if the log is off */
    DeliveryLogTable(
            String spool, SpoolConnection writer, Optional<DeliveryLogOptions> options, ForgottenEvents forgotten) {
        this.spool = spool;
        this.sql = writer;
        this.recorder = new DeliveryRecorder(spool, options);
        this.mostUnsent = options.map(DeliveryLogOptions::maxUnsent).orElse(Long.MAX_VALUE);
        this.forgotten = forgotten;
    }

    /** Adds settled events, if the log is on. */
    void settled(LaneChange change, List<SentRequest> requests, LongToIntFunction attempts, long now)
            throws SQLException {
        Instant at = Instant.ofEpochMilli(now);
        add(recorder.settled(change.settled(), requests, attempts, forgotten::isForgotten, at), now);
    }

    /** Adds a dead letter or a dropped event that is replayed, if the log is on. */
    void replayed(Event event, String reason, long now) throws SQLException {
        add(recorder.replayed(event, reason, Instant.ofEpochMilli(now)).stream().toList(), now);
    }

    /** If there are too many records then, it deletes the oldest ones. */
    private void add(List<DeliveryRecord> records, long now) throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        for (DeliveryRecord record : records) {
            sql.update(
                    "INSERT INTO delivery_log (settled_at, contact_hash, record) VALUES (?, ?, ?)",
                    now,
                    record.contactHash(),
                    record.json());
        }
        long tooManyUpTo = sql.query(COUNT, row -> row.getLong(1) > mostUnsent ? row.getLong(2) - mostUnsent : 0);
        if (tooManyUpTo > 0) {
            lost.addAndGet(deleteTo(tooManyUpTo));
            warn();
        }
    }

    private void warn() {
        if (lines.isDue(spool)) {
            LOG.warnf(
                    "%s: the delivery log lost its oldest records, %s so far, because more than delivery-log.max-unsent"
                            + " (%d) were not sent",
                    spool, Plural.of(lost.get(), "record"), mostUnsent);
        }
    }

    /** The number of records that were deleted before they were sent. */
    long lost() {
        return lost.get();
    }

    /** Deletes all records up to an id. Returns their number. */
    int deleteTo(long id) throws SQLException {
        return sql.update("DELETE FROM delivery_log WHERE id <= ?", id);
    }

    /** The number of records, read over another connection. */
    static long count(SpoolConnection reader) throws SQLException {
        return reader.number(COUNT);
    }

    /** The first records, read over another connection. */
    static List<UnsentRecord> first(SpoolConnection reader, int max) throws SQLException {
        return reader.list(
                "SELECT id, record FROM delivery_log ORDER BY id LIMIT ?",
                row -> new UnsentRecord(row.getLong(1), row.getString(2)),
                max);
    }
}
