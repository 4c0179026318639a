package dev.listrakrelay.admin;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes lines of CSV, as RFC 4180 and spreadsheets read them. */
final class CsvText {

    /** The end of a line. */
    static final String END = "\r\n";

    private CsvText() {}

    /** Returns a line without its end. */
    static String line(String... values) {
        return Arrays.stream(values).map(CsvText::quoted).collect(Collectors.joining(","));
    }

    /** A text that a spreadsheet would take for a formula gets an apostrophe in front. */
    private static String quoted(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
