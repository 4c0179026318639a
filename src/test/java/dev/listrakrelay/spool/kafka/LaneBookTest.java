package dev.listrakrelay.spool.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.kafka.LedgerKey.Kind;
import dev.listrakrelay.spool.lane.LaneProgress.Open;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** However the records of a ledger came to stand in it, one owner's account comes out. */
class LaneBookTest {

    private static final long A = 11;
    private static final long B = 22;
    private static final Outcome DELIVERED = new Outcome("delivered", "");

    private final LaneBook book = new LaneBook();

    @Test
    void whatAnEntrySaysIsReadAgainAsItWasWritten() {
        // given
        LedgerEntry entry = new LedgerEntry(
                true,
                42,
                1_000,
                3,
                Map.of(DELIVERED, 7L, new Outcome("dead", "rejected"), 1L),
                Map.of(9L, new LedgerEntry.Waiting(new Open("jörg\u0000😀@example.com", 5_000, 2), 400)),
                List.of(1L, 2L),
                Map.of("note", 8L));

        // when
        LedgerEntry read = LedgerEntry.read(entry.written());

        // then
        assertEquals(entry, read);
    }

    @Test
    void whatAFormerOwnerWritesAfterANewerOneTookOverCountsForNothing() {
        // given
        epoch(1, A);
        entry(1, A, 1, 10);
        epoch(2, B);

        // when
        entry(1, A, 2, 99);
        entry(2, B, 1, 20);
        entry(1, A, 3, 99);

        // then
        assertEquals(20, book.head());
        assertEquals(Map.of(DELIVERED, 20L), book.tally());
    }

    @Test
    void anEpochThatComesLateIsNone() {
        // given both saw the same ledger, and the first one's epoch was long on its way
        epoch(1, B);
        entry(1, B, 1, 10);

        // when
        epoch(1, A);
        entry(1, A, 1, 99);

        // then
        assertEquals(10, book.head());
        assertTrue(book.isOf(B));
        assertFalse(book.isOf(A));
    }

    @Test
    void anEntryThatComesLateIsPassedOver() {
        // given
        epoch(1, A);

        // when the first was given up, and came after all
        entry(1, A, 2, 20);
        entry(1, A, 1, 10);

        // then
        assertEquals(20, book.head());
        assertEquals(Map.of(DELIVERED, 20L), book.tally());
    }

    @Test
    void aLedgerThatWasTrimmedBeginsWithItsWholeEntry() {
        // given
        entry(7, B, 1_000, 30);

        // when
        entry(7, B, 1_001, 31);
        entry(6, A, 2_000, 99);

        // then
        assertEquals(31, book.head());
        assertEquals(7, book.epoch());
    }

    @Test
    void aWholeEntryMakesUpForWhatIsUnknown() {
        // given
        epoch(1, A);
        write(1, A, 1, new LedgerEntry(false, 5, 0, 0, Map.of(), open(4), List.of(), Map.of()));

        // when
        write(1, A, 2, new LedgerEntry(true, 6, 0, 0, Map.of(), open(3), List.of(), Map.of()));
        write(1, A, 3, new LedgerEntry(false, 0, 0, 0, Map.of(), open(6), List.of(3L), Map.of()));

        // then
        assertEquals(List.of(6L), List.copyOf(book.open().keySet()));
        assertEquals(Map.of(6L, 400L), book.openSince());
        assertEquals(6, book.head());
    }

    private static Map<Long, LedgerEntry.Waiting> open(long seq) {
        return Map.of(seq, new LedgerEntry.Waiting(new Open("a", 0, 0), 400));
    }

    private void epoch(long number, long owner) {
        book.read(new LedgerKey(Kind.EPOCH, number, owner, 0).written(), new byte[0]);
    }

    private void entry(long epoch, long owner, long number, long head) {
        write(
                epoch,
                owner,
                number,
                new LedgerEntry(false, head, 0, 0, Map.of(DELIVERED, head), Map.of(), List.of(), Map.of()));
    }

    private void write(long epoch, long owner, long number, LedgerEntry entry) {
        book.read(new LedgerKey(Kind.ENTRY, epoch, owner, number).written(), entry.written());
    }
}
