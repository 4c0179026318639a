package dev.listrakrelay.file;

import java.io.IOException;
import java.util.List;

/** Reads the events of a CSV file. The first row holds the column names; each further row is an event. */
final class CsvLines implements EventLines {

    private final CsvRows rows;
    private CsvEvent event;
    private long number;
    private boolean isFinished;

    CsvLines(FileBytes file) {
        rows = new CsvRows(file);
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public Line next() throws IOException {
        CsvRows.Row row = isFinished ? null : rows.next();
        if (row == null) {
            return null;
        }
        number = row.number();
        if (event != null) {
            return row.mistake().isEmpty() ? event.line(array(row.cells())) : bad(row);
        }
        event = new CsvEvent(row.cells());
        if (row.mistake().isEmpty()) {
            return next();
        }
        // without the column names, no further row can become an event
        isFinished = row.cells().isEmpty();
        return isFinished ? new Line(row.line(), row.mistake() + "; no row after it was read") : bad(row);
    }

    private static Line bad(CsvRows.Row row) {
        return new Line(row.cells().isEmpty() ? row.line() : CsvEvent.values(row.cells()), row.mistake());
    }

    private static String[] array(List<String> cells) {
        return cells.toArray(String[]::new);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
