package dev.listrakrelay.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;

/** Reads a Unix time in seconds, milliseconds, microseconds or nanoseconds; its size decides the unit. */
final class UnixTime {

    private static final BigDecimal FIRST_LATE = BigDecimal.valueOf(100_000_000L);

    /** Smaller numbers are seconds, up to the year 5138. Milliseconds begin in March 1973. */
    private static final BigDecimal FIRST_MILLIS = BigDecimal.valueOf(100_000_000_000L);

    /** The end of the year 9999. As microseconds, it would be in January 1978. */
    private static final BigDecimal LAST_MILLIS = BigDecimal.valueOf(253_402_300_799_999L);

    private static final BigDecimal LAST_MICROS = BigDecimal.valueOf(253_402_300_799_999_999L);

    /** In the year 2255. A larger number probably means "never". */
    private static final BigDecimal LAST_NANOS = BigDecimal.valueOf(9_000_000_000_000_000_000L);

    private static final int MAX_DIGITS = 100;
    private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000);

    private UnixTime() {}

    /** Returns null if the text is not a Unix time. */
    static Instant read(String text) {
        return of(number(text));
    }

    /** Reads only times from March 1973 on: a smaller number is probably a year, or counts from another date. */
    static Instant readLate(String text) {
        BigDecimal number = number(text);
        return number == null || number.compareTo(FIRST_LATE) < 0 ? null : of(number);
    }

    private static Instant of(BigDecimal number) {
        if (number == null || number.abs().compareTo(LAST_NANOS) > 0) {
            return null;
        }
        BigInteger[] time = number.movePointRight(9 - decimals(number.abs()))
                .setScale(0, RoundingMode.FLOOR)
                .toBigInteger()
                .divideAndRemainder(SECOND);
        return Instant.ofEpochSecond(time[0].longValue(), time[1].longValue());
    }

    /** Returns the number of decimals of a second in the number's unit: 0, 3, 6 or 9. */
    private static int decimals(BigDecimal size) {
        if (size.compareTo(FIRST_MILLIS) < 0) {
            return 0;
        }
        return size.compareTo(LAST_MILLIS) <= 0 ? 3 : size.compareTo(LAST_MICROS) <= 0 ? 6 : 9;
    }

    private static BigDecimal number(String text) {
        boolean isNumber = !text.isEmpty() && text.length() <= MAX_DIGITS;
        for (int i = 0; i < text.length() && isNumber; i++) {
            isNumber = "0123456789+-.eE".indexOf(text.charAt(i)) >= 0;
        }
        try {
            BigDecimal number = isNumber ? new BigDecimal(text) : null;
            return number == null || Math.abs((long) number.scale()) > MAX_DIGITS ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
