package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.kafka.LaneSnapshot.OpenEvent;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Writes the open events of a lane as a short text of runs: {@code <time>:<run>,<run>,…}.
 *
 * <p>A run, {@code gap.length.due.attempts}, is a row of consecutive offsets with the same due time and attempts. The
 * gap is the number of offsets since the end of the run before. The due time is in seconds after {@code time}. A field
 * that is left out is 0 for the gap, 1 for the length, and otherwise the value of the run before. Numbers have base 36.
 */
final class OpenRuns {

    private static final int BASE = 36;

    /** The most characters that the text grows by if a settled event splits a run in two. */
    static final int MOST_OF_A_SPLIT = 8;

    /** The most characters that the text grows by for each of the next events, whichever of them stay open. */
    static final int MOST_OF_A_NEW_ONE = 2;

    private static final OpenEvent NO_DETAILS = new OpenEvent(0, 0);

    private final StringBuilder runs = new StringBuilder();
    private OpenEvent before = NO_DETAILS;
    private OpenEvent run;
    private long gap;
    private long length;
    private long end;

    private OpenRuns(long head) {
        end = head;
    }

    private void add(long offset, OpenEvent event) {
        if (offset != end || !event.equals(run)) {
            endRun();
            run = event;
            gap = offset - end;
            length = 0;
        }
        length++;
        end = offset + 1;
    }

    private void endRun() {
        if (run == null) {
            return;
        }
        int start = runs.length();
        append(gap, 0).append(length, 1).append(run.due(), before.due()).append(run.attempts(), before.attempts());
        while (runs.length() > start && runs.charAt(runs.length() - 1) == '.') {
            runs.setLength(runs.length() - 1);
        }
        runs.append(',');
        before = run;
    }

    private OpenRuns append(long number, long expected) {
        if (number != expected) {
            runs.append(Long.toString(number, BASE));
        }
        runs.append('.');
        return this;
    }

    private String done() {
        endRun();
        return runs.substring(0, runs.length() - 1);
    }

    /** @param now epoch milliseconds; an event that was due before is written as due now */
    static String written(TreeMap<Long, OpenEvent> open, long now) {
        long seconds = Math.floorDiv(now, 1_000);
        return write(
                open,
                seconds,
                event -> new OpenEvent(
                        event.due() <= now ? 0 : -Math.floorDiv(-event.due(), 1_000) - seconds, event.attempts()));
    }

    static String writtenWithoutDetails(TreeMap<Long, OpenEvent> open, long now) {
        return write(open, Math.floorDiv(now, 1_000), event -> NO_DETAILS);
    }

    private static String write(TreeMap<Long, OpenEvent> open, long seconds, UnaryOperator<OpenEvent> details) {
        if (open.isEmpty()) {
            return "";
        }
        OpenRuns runs = new OpenRuns(open.firstKey());
        open.forEach((offset, event) -> runs.add(offset, details.apply(event)));
        return Long.toString(seconds, BASE) + ":" + runs.done();
    }

    static TreeMap<Long, OpenEvent> read(String text, long head) {
        TreeMap<Long, OpenEvent> open = new TreeMap<>();
        int colon = text.indexOf(':');
        long seconds = Long.parseLong(text.substring(0, colon), BASE);
        long at = head;
        long due = 0;
        int attempts = 0;
        for (String run : text.substring(colon + 1).split(",", -1)) {
            String[] fields = run.split("\\.", -1);
            at += number(fields, 0, 0);
            due = number(fields, 2, due);
            attempts = (int) number(fields, 3, attempts);
            for (long end = at + number(fields, 1, 1); at < end; at++) {
                open.put(at, new OpenEvent((seconds + due) * 1_000, attempts));
            }
        }
        return open;
    }

    private static long number(String[] fields, int field, long expected) {
        return field >= fields.length || fields[field].isEmpty() ? expected : Long.parseLong(fields[field], BASE);
    }
}
