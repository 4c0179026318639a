package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SpoolLimits;
import java.sql.SQLException;

/** Holds the tables that the writing thread uses, and what it keeps of them in memory. */
record SpoolTables(
        EventTable events,
        HistoryTable history,
        DeadLetterTable deadLetters,
        ReplayTable replays,
        AmbiguousTable ambiguous,
        DeliveryLogTable deliveryLog,
        HeldTable held,
        DedupeIndex dedupe,
        KnownIdentities identities,
        ForgottenEvents forgotten,
        Tally tally) {

    /** The tables of the spool of this name. */
    static SpoolTables of(String name, SpoolConnection writer, SpoolLimits limits) throws SQLException {
        DeadLetterTable deadLetters = new DeadLetterTable(writer);
        ForgottenEvents forgotten = new ForgottenEvents();
        return new SpoolTables(
                new EventTable(writer, deadLetters),
                new HistoryTable(writer, limits.keepsHistory()),
                deadLetters,
                new ReplayTable(writer),
                new AmbiguousTable(writer),
                new DeliveryLogTable(name, writer, limits.log(), forgotten),
                new HeldTable(writer),
                new DedupeIndex(writer),
                new KnownIdentities(writer, limits.identities()),
                forgotten,
                new Tally(writer));
    }
}
