package dev.listrakrelay.suggest;

import java.util.ArrayList;
import java.util.List;

/** Writes the differences of two texts as {@code diff -u} does, so that {@code patch} and {@code git apply} accept them. */
public final class UnifiedDiff {

    private static final int CONTEXT = 3;

    private final StringBuilder text = new StringBuilder();
    private final List<LineEdit> edits;

    private UnifiedDiff(List<LineEdit> edits) {
        this.edits = edits;
    }

    /**
     * Compares two texts.
     *
     * @param file the name of the file in the header
     * @return the diff; empty if the texts are the same
     */
    public static String of(String file, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        // patch reads a name up to a tab
        String name = file.contains(" ") ? file + "\t" : file;
        return "--- " + name + "\n+++ " + name + "\n"
                + new UnifiedDiff(LineEdit.between(lines(before), lines(after))).write();
    }

    /** Splits a text into lines that keep their ends. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(from, to));
            from = to;
        }
        return lines;
    }

    private String write() {
        int from = nextChange(0);
        while (from < edits.size()) {
            int to = from;
            for (int next = from; next < edits.size() && next - to <= 2 * CONTEXT; next = nextChange(next + 1)) {
                to = next;
            }
            hunk(Math.max(0, from - CONTEXT), Math.min(edits.size(), to + 1 + CONTEXT));
            from = nextChange(to + 1);
        }
        return text.toString();
    }

    private int nextChange(int from) {
        int next = from;
        while (next < edits.size() && edits.get(next).isSame()) {
            next++;
        }
        return next;
    }

    private void hunk(int from, int to) {
        List<LineEdit> hunk = edits.subList(from, to);
        text.append("@@ -")
                .append(range(from, hunk, '+'))
                .append(" +")
                .append(range(from, hunk, '-'))
                .append(" @@\n");
        for (LineEdit edit : hunk) {
            text.append(edit.sign()).append(edit.line());
            if (!edit.line().endsWith("\n")) {
                text.append("\n\\ No newline at end of file\n");
            }
        }
    }

    /** The first line and the number of lines of one side. */
    private String range(int from, List<LineEdit> hunk, char other) {
        long before = edits.subList(0, from).stream()
                .filter(edit -> edit.sign() != other)
                .count();
        long count = hunk.stream().filter(edit -> edit.sign() != other).count();
        return (count == 0 ? before : before + 1) + "," + count;
    }
}
