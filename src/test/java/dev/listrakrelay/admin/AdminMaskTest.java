package dev.listrakrelay.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An e-mail address is masked except its first letter and its domain, in any JSON notation. All other text stays as it
 * is.
 */
class AdminMaskTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{`x`:`ann@example.com`}                       | {`x`:`a•••@example.com`}",
                "{`x`:`a@b`}                                   | {`x`:`a•••@b`}",
                "{`x`:`from ann@example.com to bob+1@c.org.`}  | {`x`:`from a•••@example.com to b•••@c.org.`}",
                "{`x`:`<ann@example.com>,bob@example.com`}     | {`x`:`<a•••@example.com>,b•••@example.com`}",
                "{`x`:`ann\\u0040example.com`}                 | {`x`:`a•••@example.com`}",
                "{`x`:`\\u0061nn@example.com`}                 | {`x`:`a•••@example.com`}",
                "{`x`:`?email=ann%40example.com&b=1`}          | {`x`:`?email=a•••%40example.com&b=1`}",
                "{`x`:`?email=ann%2540example.com`}            | {`x`:`?email=a•••%2540example.com`}",
                "{`x`:`{\\`y\\`:\\`ann@example.com\\`}`}       | {`x`:`{\\`y\\`:\\`a•••@example.com\\`}`}",
                "{`x`:`{\\`y\\`:\\`ann\\\\u0040example.com`}   | {`x`:`{\\`y\\`:\\`a•••\\\\u0040example.com`}",
                "{`x`:`a\\nann@example.com`}                   | {`x`:`a\\na•••@example.com`}",
                "{`x`:`\\u0001ann@example.com`}                | {`x`:`\\u0001a•••@example.com`}",
                "{`x`:`\\`ann b\\`@example.com`}               | {`x`:`\\`a•••@example.com`}",
                "{`x`:`änn@exämple.com`}                       | {`x`:`ä•••@exämple.com`}",
                "{`ann@example.com`:1.10}                      | {`a•••@example.com`:1.10}",
                "{`x`:`@ home, @handle, a @ b, $[?(@.a>1)]`}   | {`x`:`@ home, @handle, a @ b, $[?(@.a>1)]`}",
            })
    void anAddressIsMaskedAndNothingElse(String json, String expected) throws Exception {
        // when
        String masked = AdminMask.emails(json.replace('`', '"'));

        // then
        assertEquals(expected.replace('`', '"'), masked);
        JSON.readTree(masked);
    }

    @Test
    void theTimeForALongTextGrowsOnlyWithItsLength() {
        // given
        String hostile = "\"" + "a".repeat(1_000_000) + "\\\"@".repeat(300_000) + "\"";

        // when
        assertTimeout(Duration.ofSeconds(2), () -> AdminMask.emails(hostile));
    }
}
