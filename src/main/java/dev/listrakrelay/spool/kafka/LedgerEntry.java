package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.lane.LaneProgress.Open;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has become of a lane up to some point. Head, rest and counts are those of that point, so that an entry which is
 * written twice, or whose predecessor wasn't, does no harm.
 *
 * @param isWhole whether {@code opened} are all that are open; else closed and opened since the entry before
 * @param head up to where all is settled but what is open; 0 where it is as before
 * @param opened those that are open from now on
 * @param closed those that are open no more
 * @param notes numbers that belong to the lane beside that, by name
 */
record LedgerEntry(
        boolean isWhole,
        long head,
        long pausedUntil,
        int pauses,
        Map<Outcome, Long> tally,
        Map<Long, Waiting> opened,
        List<Long> closed,
        Map<String, Long> notes) {

    /** An open event, and since when it waits, in epoch milliseconds. */
    record Waiting(Open open, long since) {}

    byte[] written() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeBoolean(isWhole);
            out.writeLong(head);
            out.writeLong(pausedUntil);
            out.writeInt(pauses);
            out.writeInt(tally.size());
            for (Map.Entry<Outcome, Long> line : tally.entrySet()) {
                out.writeUTF(line.getKey().name());
                out.writeUTF(line.getKey().reason());
                out.writeLong(line.getValue());
            }
            out.writeInt(opened.size());
            for (Map.Entry<Long, Waiting> event : opened.entrySet()) {
                out.writeLong(event.getKey());
                out.writeUTF(event.getValue().open().contact());
                out.writeLong(event.getValue().open().due());
                out.writeInt(event.getValue().open().attempts());
                out.writeLong(event.getValue().since());
            }
            out.writeInt(closed.size());
            for (long seq : closed) {
                out.writeLong(seq);
            }
            out.writeInt(notes.size());
            for (Map.Entry<String, Long> note : notes.entrySet()) {
                out.writeUTF(note.getKey());
                out.writeLong(note.getValue());
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LedgerEntry read(byte[] value) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            boolean isWhole = in.readBoolean();
            long head = in.readLong();
            long pausedUntil = in.readLong();
            int pauses = in.readInt();
            Map<Outcome, Long> tally = new HashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                tally.put(new Outcome(in.readUTF(), in.readUTF()), in.readLong());
            }
            Map<Long, Waiting> opened = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                long seq = in.readLong();
                opened.put(seq, new Waiting(new Open(in.readUTF(), in.readLong(), in.readInt()), in.readLong()));
            }
            List<Long> closed = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                closed.add(in.readLong());
            }
            Map<String, Long> notes = new HashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                notes.put(in.readUTF(), in.readLong());
            }
            return new LedgerEntry(isWhole, head, pausedUntil, pauses, tally, opened, closed, notes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
