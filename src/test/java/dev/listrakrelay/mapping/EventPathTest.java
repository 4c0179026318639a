package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.jayway.jsonpath.InvalidPathException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A JSONPath is checked when it is read, and finds its values in an event. */
class EventPathTest {

    private static final String EVENT =
            """
            {"a":[{"b":"one","n":1},{"b":"x(","n":2}],"c":{"e-mail":"a@b.c","]":"odd","#b":[7]}}""";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.b",
                "$.",
                "$.a[",
                "$.a[0",
                "$.a]",
                "$.a[0]]",
                "$.a[0]b",
                "$.a['b']c",
                "$.a[?(@.b)]x",
                "$.a[?(@.b)",
                "$.a)",
                "$.a.length(",
                "$.a.length()x",
                "$.a.count()",
                "$.a[?(@.b.size2() == 1)]",
                "$..a[",
                "$['a'",
                "$.a[?(@.b == ')']"
            })
    void aPathThatIsNotReadToItsEndIsNone(String path) {
        assertThrows(InvalidPathException.class, () -> EventPath.compile(path));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ' ',
            value = {
                "$.c.e-mail a@b.c",
                "$['c']['e-mail'] a@b.c",
                "$['c'][']'] odd",
                "$.c.#b[0] 7",
                "$.a[0].b one",
                "$.a.length() 2",
                "$..b[0] null",
                "`$.a[?(@.n > 1)].b` x(",
                "`$.a[?(@.b == 'x(')].n` 2",
                "`$.a[?(@.b =~ /x[(]/)].n` 2",
                "`$.a[?(@.b =~ /X\\(/i)].n` 2",
                "`$.a[?(@['b'] in ['one','two'])].n` 1",
            })
    void aPathLeadsToWhatItSays(String path, String found) throws IOException {
        // given
        EventPath compiled = EventPath.compile(path);

        // when
        var value = compiled.value(JsonTree.read(EVENT.getBytes(StandardCharsets.UTF_8)));

        // then
        assertEquals(found, value == null ? "null" : value.asText());
    }

    @Test
    void severalValuesAreAList() throws IOException {
        // given
        EventPath compiled = EventPath.compile("$.a[*].b");

        // when
        var value = compiled.value(JsonTree.read(EVENT.getBytes(StandardCharsets.UTF_8)));

        // then
        assertEquals("[\"one\",\"x(\"]", JsonTree.text(value));
    }
}
