package dev.listrakrelay.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Writes the books of a day as CSV or as text. */
final class BookText {

    private static final String NOT_KEPT = "not kept";
    private static final String LINE = "%-24s %-36s %-12s %-20s %,12d%n";
    private static final String HEAD = "%-24s %-36s %-12s %-20s %12s%n";

    private BookText() {}

    /** A line for each spool, event name, outcome and reason. The line {@code not kept} has no number if nobody knows it. */
    static String csv(DayBooks books) {
        List<String> rows = new ArrayList<>(List.of("spool,name,outcome,reason,events"));
        books.lines()
                .forEach((spool, byName) -> byName.forEach((name, line) -> {
                    rows.add(CsvText.line(spool, name, "accepted", "", String.valueOf(line.accepted())));
                    line.each((outcome, reason, events) ->
                            rows.add(CsvText.line(spool, name, outcome, reason, String.valueOf(events))));
                }));
        books.kept().forEach((spool, events) -> {
            if (!events.isWhole()) {
                rows.add(CsvText.line(spool, "", NOT_KEPT, "", number(events.notKept())));
            }
        });
        return String.join(CsvText.END, rows) + CsvText.END;
    }

    private static String number(OptionalLong events) {
        return events.isPresent() ? String.valueOf(events.getAsLong()) : "";
    }

    static String text(DayBooks books) {
        StringBuilder text = new StringBuilder("Books of ").append(books.day()).append(" (UTC)\n\n");
        text.append(HEAD.formatted("spool", "event name", "outcome", "reason", "events"));
        books.lines()
                .forEach((spool, byName) -> byName.forEach((name, line) -> {
                    text.append(row(spool, shown(name), "accepted", "", line.accepted()));
                    line.each((outcome, reason, events) -> text.append(row("", "", "  " + outcome, reason, events)));
                }));
        books.kept().forEach((spool, events) -> text.append(kept(spool, events)));
        return text.toString();
    }

    private static String row(String spool, String name, String outcome, String reason, long events) {
        return LINE.formatted(spool, name, outcome, reason, events).replaceAll(" +(?=\\R)", "");
    }

    private static String shown(String name) {
        String line = name.replaceAll("\\p{Cntrl}", " ");
        return line.isEmpty() ? "(no name)" : line;
    }

    private static String kept(String spool, KeptEvents events) {
        String all = "%n%s: %,d events accepted".formatted(spool, events.kept());
        if (events.isWhole()) {
            return all + ", and all of the day are kept";
        }
        OptionalLong notKept = events.notKept();
        return all + ". The day is not wholly kept: "
                + (notKept.isPresent()
                        ? String.format(Locale.ROOT, "about %,d events are missing", notKept.getAsLong())
                        : "nobody knows how many events are missing")
                + " (" + events.json().path("why").asText() + ")";
    }
}
