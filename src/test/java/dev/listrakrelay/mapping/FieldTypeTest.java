package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value is converted to each of Listrak's types; if it doesn't fit the type, there is no result. */
class FieldTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            nullValues = "none",
            value = {
                "INT|5|5",
                "INT|-0|-0",
                "INT|9007199254740993|9007199254740993",
                "INT|5.0|5",
                "INT|1e3|1000",
                "INT|\" 42 \"|42",
                "INT|\"007\"|7",
                "INT|\"5.00\"|5",
                "INT|5.5|none",
                "INT|\"five\"|none",
                "INT|\"\"|none",
                "INT|true|none",
                "INT|{}|none",
                "INT|1e400|none",
                "INT|1e99999999999|none",
                "INT|1e-99999999999|none",
                "DOUBLE|129.90|129.90",
                "DOUBLE|1e99999999999|1e99999999999",
                "DOUBLE|\"129.90\"|129.90",
                "DOUBLE|\" .5 \"|0.5",
                "DOUBLE|\"1,299.00\"|none",
                "DOUBLE|\"NaN\"|none",
                "DOUBLE|\"12.50 USD\"|none",
                "DOUBLE|[1]|none",
                "STRING|1.10|\"1.10\"",
                "STRING|true|\"true\"",
                "STRING|\"text\"|\"text\"",
                "STRING|[1.10, {\"a\": null}]|\"[1.10,{\\\"a\\\":null}]\"",
                "DATE|\"2026-06-06T14:34:56+02:00\"|\"2026-06-06T12:34:56Z\"",
                "DATE|\"2026-06-06\"|\"2026-06-06\"",
                "DATE|\" 2026-06-06 \"|\"2026-06-06\"",
                "DATE|\"2026-06-06 12:34:56\"|\"2026-06-06T12:34:56Z\"",
                "DATE|\"1780749296\"|\"2026-06-06T12:34:56Z\"",
                "DATE|-1|\"1969-12-31T23:59:59Z\"",
                "DATE|0|\"1970-01-01T00:00:00Z\"",
                "DATE|true|none",
                "DATE|1780749296|\"2026-06-06T12:34:56Z\"",
                "DATE|1780749296789|\"2026-06-06T12:34:56.789Z\"",
                "DATE|\"2026-02-30\"|none",
                "DATE|\"yesterday\"|none",
                "DATE|1e99|none",
                "DATE|99999999999999999999|none",
                "DATE|9223372036854775807|none",
                "DATE|null|none"
            })
    void aValueBecomesItsTypeOrNothing(FieldType type, String value, String expected) throws Exception {
        // given
        JsonNode given = JsonTree.read(("{\"v\":" + value + "}").getBytes()).get("v");

        // when
        JsonNode converted = type.convert(given);

        // then
        assertEquals(expected, converted == null ? null : JsonTree.text(converted));
    }
}
