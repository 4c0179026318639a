package dev.listrakrelay.file;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads CSV in UTF-8 (RFC 4180): the first row names the columns, every other one is an event. */
final class CsvLines implements Lines {

    private static final CsvMapper CSV = CsvMapper.builder(CsvFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MOST_BYTES)
                            .build())
                    .build())
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private final BufferedReader file;
    private MappingIterator<String[]> rows;
    private CsvEvent event;

    /** @param file buffered, without a byte order mark */
    CsvLines(InputStream file) {
        this.file = new BufferedReader(
                new InputStreamReader(file, StandardCharsets.UTF_8.newDecoder())); // fails on what is not UTF-8
    }

    @Override
    public int before() {
        return 1;
    }

    @Override
    public Line next() throws IOException {
        try {
            if (rows == null) {
                open();
            }
            return rows.hasNextValue() ? event.of(rows.nextValue()) : null;
        } catch (JacksonException e) {
            return endOf("not CSV");
        } catch (CharacterCodingException e) {
            return endOf("not UTF-8");
        }
    }

    private void open() throws IOException {
        CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator());
        rows = CSV.readerFor(String[].class).with(schema).readValues(file);
        event = new CsvEvent(rows.hasNextValue() ? List.of(rows.nextValue()) : List.of());
    }

    /** Of comma, semicolon and tab the one that comes most often where the columns are named. */
    private char separator() throws IOException {
        file.mark(8_192);
        String head = "";
        for (int next = file.read(); next >= 0 && next != '\n' && head.length() < 8_000; next = file.read()) {
            head += (char) next;
        }
        file.reset();
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(head, candidate) > count(head, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char character) {
        return text.chars().filter(c -> c == character).count();
    }

    /** Behind what is no CSV nobody knows where a row begins. */
    private Line endOf(String mistake) throws IOException {
        rows = MappingIterator.emptyIterator();
        return new Line(new byte[0], mistake + "; nothing behind it was read");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
