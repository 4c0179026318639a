package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads times in the forms that programs write. */
class ReadableTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-06-06T12:34:56Z,2026-06-06T12:34:56Z",
        "2026-06-06T12:34:56.000Z,2026-06-06T12:34:56Z",
        "2026-06-06T12:34:56.789Z,2026-06-06T12:34:56.789Z",
        "2026-06-06T12:34:56.78Z,2026-06-06T12:34:56.780Z",
        "2026-06-06T12:34:56.123456789Z,2026-06-06T12:34:56.123456789Z",
        "2026-06-06T12:34:56.1234567891234Z,2026-06-06T12:34:56.123456789Z",
        "'2026-06-06T12:34:56,5Z',2026-06-06T12:34:56.500Z",
        "2026-06-06t12:34:56z,2026-06-06T12:34:56Z",
        "2026-06-06T14:34:56+02:00,2026-06-06T12:34:56Z",
        "2026-06-05T23:34:56.5-0730,2026-06-06T07:04:56.500Z",
        "2026-06-06T12:34:56+0000,2026-06-06T12:34:56Z",
        "2026-06-06T12:34:56+00,2026-06-06T12:34:56Z",
        "2026-06-06T12:34:56-00:00,2026-06-06T12:34:56Z",
        "2026-06-06T12:34Z,2026-06-06T12:34:00Z",
        "' 2026-06-06T12:34:56Z ',2026-06-06T12:34:56Z",
        // a blank instead of T, and no zone or a zone name
        "2026-06-06 12:34:56,2026-06-06T12:34:56Z",
        "2026-06-06T12:34:56,2026-06-06T12:34:56Z",
        "2026-06-06 12:34:56.5,2026-06-06T12:34:56.500Z",
        "2026-06-06 12:34:56 UTC,2026-06-06T12:34:56Z",
        "2026-06-06 14:34:56 +0200,2026-06-06T12:34:56Z",
        "2026/06/06 12:34:56,2026-06-06T12:34:56Z",
        "2026-06-06,2026-06-06T00:00:00Z",
        // hour 24, leap seconds, leap days, the first year
        "2026-06-06T24:00:00Z,2026-06-07T00:00:00Z",
        "2026-12-31T24:00:00.000+00:00,2027-01-01T00:00:00Z",
        "2016-12-31T23:59:60Z,2017-01-01T00:00:00Z",
        "2024-02-29T00:00:00Z,2024-02-29T00:00:00Z",
        "0001-01-01T00:00:00Z,0001-01-01T00:00:00Z",
        // ISO 8601's basic format
        "20260606T123456Z,2026-06-06T12:34:56Z",
        "20260606T123456.789+0200,2026-06-06T10:34:56.789Z",
        "20260606123456,2026-06-06T12:34:56Z",
        "20260606,2026-06-06T00:00:00Z",
        // as Go and Java print times
        "2026-06-06 12:34:56.123456789 +0000 UTC,2026-06-06T12:34:56.123456789Z",
        "2026-06-06 05:34:56.5 -0700 MST m=+0.000012345,2026-06-06T12:34:56.500Z",
        "2026-06-06 15:34:56 +0300 +03 m=-1.5,2026-06-06T12:34:56Z",
        "2026-06-06T14:34:56+02:00[Europe/Paris],2026-06-06T12:34:56Z",
        "2026-06-06T12:34:56Z[UTC],2026-06-06T12:34:56Z"
    })
    void isoAndWhatProgramsMakeOfItIsRead(String text, String expected) {
        // when // then
        assertEquals(expected, ReadableTime.utc(text));
        assertEquals(Instant.parse(expected), ReadableTime.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "1780749296,2026-06-06T12:34:56Z",
        "1780749296.789,2026-06-06T12:34:56.789Z",
        "1.780749296E9,2026-06-06T12:34:56Z",
        "1780749296789,2026-06-06T12:34:56.789Z",
        "1780749296789.5,2026-06-06T12:34:56.789500Z",
        "1780749296789123,2026-06-06T12:34:56.789123Z",
        "1780749296789123456,2026-06-06T12:34:56.789123456Z",
        "100000000,1973-03-03T09:46:40Z",
        // ten to sixteen digits whose first eight could be a date
        "1612092811,2021-01-31T11:33:31Z",
        "1612092811213,2021-01-31T11:33:31.213Z",
        "1612092811213123,2021-01-31T11:33:31.213123Z"
    })
    void aNumberSince1970IsReadWhateverItsUnit(String text, String expected) {
        // when // then
        assertEquals(expected, ReadableTime.utc(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sat, 06 Jun 2026 12:34:56 GMT",
                "Sat, 6 Jun 2026 14:34:56 +0200",
                "6 Jun 2026 12:34:56 +0000",
                "Sat, 06 Jun 2026 08:34:56 EDT",
                "Saturday, 06-Jun-26 12:34:56 GMT",
                "Saturday, 06-Jun-2026 12:34:56 UTC",
                "Sat Jun  6 12:34:56 2026",
                "Sat Jun  6 12:34:56 UTC 2026",
                "Sat Jun 06 2026 14:34:56 GMT+0200 (Central European Summer Time)",
                "sat, 06 jun 2026 12:34:56 gmt",
                "June 6, 2026 12:34:56"
            })
    void theEnglishOfMailAndHttpIsRead(String text) {
        // when // then
        assertEquals("2026-06-06T12:34:56Z", ReadableTime.utc(text));
    }

    @Test
    void digitsAreTheSameInEveryCountry() {
        // given
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-u-nu-arab"));
        try {
            // when // then
            assertEquals("2026-06-06T12:34:56Z", ReadableTime.utc("Sat, 06 Jun 2026 12:34:56 GMT"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "yesterday",
                "null",
                "true",
                "2026",
                "0",
                "-1",
                "-1780749296",
                "2026.5",
                "99999999",
                "2026-06",
                "2026-06-06T",
                "2026-06-06T12",
                "2026-06-06T12:34:56.Z",
                "2026-06-06T12:34:56.029:Z",
                "2026-06-06T12:34:56:029Z",
                "2026-06-06T12:34:56ZZ",
                "2026-06-06T12:34:56 tomorrow",
                "2026-06-06T12:34:56 CET",
                "2026-06-06T12:34:56+99:00",
                "2026-06-06T12:34:56+02:",
                "2026-06-06T12:34:56 02:00",
                "2026-06-06T12:34:61Z",
                "2026-06-06T12:30:60Z",
                "2026-06-06T12:60:00Z",
                "2026-06-06T24:00:01Z",
                "2026-06-06T25:00:00Z",
                "2026-02-30T12:34:56Z",
                "2025-02-29T12:34:56Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "0000-00-00 00:00:00",
                "0001-01-01T00:00:00+01:00",
                "9999-12-31T23:59:59-01:00",
                "+10000-01-01T00:00:00Z",
                "2026-06/06",
                "2026-W23-6",
                "2026-157",
                "06/06/2026",
                "06.06.2026 12:34",
                "12:34:56",
                "Sat, 32 Jun 2026 12:34:56 GMT",
                "Sat, 06 Foo 2026 12:34:56 GMT",
                "Sat, 06 Jun 2026 12:34:56 CET",
                "June 6, 2026 12:34:56 PM",
                "NaN",
                "Infinity",
                "1e99",
                "1e999999999",
                "1e-999999999",
                "9223372036854775807",
                "99999999999999999999",
                "1780749296s",
                "0x6A24",
                "१७८०७४९२९६",
                "--1"
            })
    void otherTextIsNoTime(String text) {
        // when // then
        assertNull(ReadableTime.of(text));
        assertNull(ReadableTime.utc(text));
    }

    @Test
    void aLongTextIsNoTimeAndRefusedAtOnce() {
        // when // then
        assertNull(ReadableTime.of("1" + "0".repeat(500_000)));
        assertNull(ReadableTime.of("Sat " + " ".repeat(500_000) + "x"));
    }
}
