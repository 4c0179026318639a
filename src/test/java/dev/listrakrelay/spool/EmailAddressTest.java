package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Normalizes e-mail addresses, and refuses invalid ones. */
class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Kim@Example.com",
                "\t kim@example.com \r\n",
                "\u00A0kim@example.com\u00A0",
                "\uFEFFkim@example.com",
                "\u200B\u200C\u2060kim@example.com\u200D",
                "\u200E\u202Akim@example.com\u202C\u200F",
                "\u2066kim@example.com\u2069",
                "\u2003\u3000kim@example.com\u2028\u2029",
                "\u00ADkim@example.com\u3164\uFE0F\u0085"
            })
    void invisibleCharactersAtTheEndsAreRemoved(String text) {
        // when
        String address = EmailAddress.of(text);

        // then
        assertEquals("kim@example.com", address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kim+shop@example.com",
                "o'hara@example.com",
                "\"kim lee\"@example.com",
                "\"lee, kim; <k@home>\"@example.com",
                "\"a\\\"b\"@example.com",
                "kim@bücher.example",
                "кім@приклад.укр",
                "😀@example.com",
                "kim@[192.0.2.1]",
                "kim@localhost",
                "kim@نامه\u200Cای.example",
                "a/b=c!d#e%f{g}|h`i~j?k^l_m.n-o@example.com"
            })
    void anUnusualAddressStays(String text) {
        // when
        String address = EmailAddress.of(" " + text + " ");

        // then
        assertEquals(text, address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "kim",
                "@example.com",
                "kim@",
                "\u200Bkim@\u200B",
                "kim lee@example.com",
                "kim@example .com",
                "kim\u00A0lee@example.com",
                "kim\u200B@example.com",
                "kim\u200E@example.com",
                "kim@exam\uFEFFple.com",
                "kim@exam\u00ADple.com",
                "kim@example.com\u0000",
                "\u0000kim@example.com",
                "kim\t@example.com",
                "kim\u007F@example.com",
                "kim\u0090@example.com",
                "kim@example.com\nlee@example.com",
                "Kim <kim@example.com>",
                "<kim@example.com>",
                "kim@example.com;lee@example.com",
                "kim@example.com, lee@example.com",
                "kim@example.com,",
                "mailto:kim@example.com",
                " MailTo:kim@example.com",
                "\"Kim\" <kim@example.com>",
                "\"kim@example.com\"",
                "\"kim@example.com",
                "\"\\\"@example.com",
                "\"kim\nlee\"@example.com",
                "\"kim\"lee@example.com",
                "\"kim\"@",
                "\"kim\"@exa mple.com",
                "\"",
                "kim\uFFFD@example.com"
            })
    void anInvalidAddressGivesNone(String text) {
        // when // then
        assertNull(EmailAddress.of(text));
    }

    @ParameterizedTest
    @ValueSource(chars = {'\uD83D', '\uDE00'})
    void anAddressWithHalfACharacterIsInvalid(char half) {
        // when // then
        assertNull(EmailAddress.of("kim" + half + "@example.com"));
        assertNull(EmailAddress.of("\"" + half + "\"@example.com"));
    }
}
