package dev.listrakrelay.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A search by a field finds only events with exactly this value, in any JSON notation. */
class FindFieldTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"properties\":{\"order_id\":\"B-1001\"}}        | true",
                "{\"properties\":{\"order_id\":\"B-10011\"}}       | false",
                "{\"properties\":{\"other\":\"B-1001\"}}           | false",
                "{\"order_id\":\"B-1001\"}                         | false",
                "{\"properties\":{\"order_id\":[\"B-1001\"]}}      | false",
                "{\"properties\":\"B-1001\"}                       | false",
                "B-1001, no JSON                                   | false",
                "[]                                                | false",
            })
    void anEventMatchesOnlyItsExactValue(String json, boolean isFound) {
        assertEquals(
                isFound, FindField.of("properties.order_id").is("B-1001").test(json.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "B/7, B/7, true",
                "B/7, B\\/7, true",
                "É-7, É-7, true",
                "É-7, \\u00c9-7, true",
                "É-7, \\u00c9-8, false",
            })
    void aValueIsFoundHoweverItIsEscaped(String value, String written, boolean isFound) {
        byte[] json = ("{\"a\":\"" + written + "\"}").getBytes(StandardCharsets.UTF_8);
        assertEquals(isFound, FindField.of("a").is(value).test(json));
    }

    @ParameterizedTest
    @CsvSource({"7,true", "8,false"})
    void aNumberIsFoundAsItIsWritten(String value, boolean isFound) {
        byte[] json = "{\"a\":{\"b\":7}}".getBytes(StandardCharsets.UTF_8);
        assertEquals(isFound, FindField.of("$.a.b").is(value).test(json));
    }
}
