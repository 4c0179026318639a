package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.lane.LaneProgress;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Knows how a lane stands by its ledger: reads it record by record, in which what a former owner wrote after a newer one
 * took over counts for nothing.
 */
final class LaneBook {

    private long epoch;
    private long owner;
    private long number;
    private boolean isEmpty = true;
    private long head;
    private long pausedUntil;
    private int pauses;
    private final Map<Outcome, Long> tally = new HashMap<>();
    private final TreeMap<Long, LedgerEntry.Waiting> open = new TreeMap<>();
    private final Map<String, Long> notes = new HashMap<>();

    void read(byte[] key, byte[] value) {
        LedgerKey by = LedgerKey.read(key);
        switch (by.kind()) {
            case EPOCH -> begin(by);
            case ENTRY -> {
                // what is left of a ledger begins with a whole entry
                if (isEmpty) {
                    begin(by);
                }
                if (by.epoch() == epoch && by.owner() == owner && by.number() > number) {
                    number = by.number();
                    apply(LedgerEntry.read(value));
                }
            }
            case PROBE -> {}
        }
        isEmpty = false;
    }

    private void begin(LedgerKey by) {
        if (by.epoch() > epoch) {
            epoch = by.epoch();
            owner = by.owner();
            number = -1;
        }
    }

    private void apply(LedgerEntry entry) {
        if (entry.isWhole()) {
            open.clear();
        }
        head = Math.max(head, entry.head());
        pausedUntil = entry.pausedUntil();
        pauses = entry.pauses();
        tally.clear();
        tally.putAll(entry.tally());
        open.putAll(entry.opened());
        entry.closed().forEach(open::remove);
        notes.putAll(entry.notes());
    }

    long epoch() {
        return epoch;
    }

    boolean isOf(long writer) {
        return owner == writer;
    }

    long head() {
        return head;
    }

    long pausedUntil() {
        return pausedUntil;
    }

    int pauses() {
        return pauses;
    }

    Map<Outcome, Long> tally() {
        return tally;
    }

    Map<String, Long> notes() {
        return notes;
    }

    TreeMap<Long, LaneProgress.Open> open() {
        TreeMap<Long, LaneProgress.Open> opened = new TreeMap<>();
        open.forEach((seq, event) -> opened.put(seq, event.open()));
        return opened;
    }

    Map<Long, Long> openSince() {
        Map<Long, Long> since = new HashMap<>();
        open.forEach((seq, event) -> since.put(seq, event.since()));
        return since;
    }
}
