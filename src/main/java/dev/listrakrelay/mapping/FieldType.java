package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The types of a custom event's fields (Cross Channel v1, {@code eventSchemaAttrs}), and how values are converted to
 * them.
 */
public enum FieldType {
    /** Any value as text; an object or list as JSON text. */
    STRING("String") {
        @Override
        JsonNode convert(JsonNode value) {
            if (value.isTextual()) {
                return value;
            }
            return TextNode.valueOf(value.isContainerNode() ? JsonTree.text(value) : value.asText());
        }
    },

    /** A whole number, or text with one; nothing is rounded. */
    INT("Int") {
        @Override
        JsonNode convert(JsonNode value) {
            BigDecimal number = number(value);
            if (number == null || number.precision() - (long) number.scale() > MAX_DIGITS) {
                return null;
            }
            if (value.isNumber() && number.scale() == 0 && isPlain(value.asText())) {
                return value;
            }
            boolean isWhole =
                    number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
            return isWhole ? new NumberLiteral(number.toBigInteger().toString()) : null;
        }
    },

    /** A number with all its digits, or text with one. */
    DOUBLE("Double") {
        @Override
        JsonNode convert(JsonNode value) {
            if (value.isNumber()) {
                return value;
            }
            BigDecimal number = number(value);
            return number == null ? null : new NumberLiteral(number.toString());
        }
    },

    /**
     * ISO-8601 in UTC, from a time that {@link ReadableTime} reads, or from any Unix time; a date without a time stays
     * a date.
     */
    DATE("Date") {
        @Override
        JsonNode convert(JsonNode value) {
            if (value.isNumber()) {
                Instant time = UnixTime.read(value.asText());
                return time == null ? null : TextNode.valueOf(time.toString());
            }
            String day = value.isTextual() ? value.textValue().strip() : "";
            String time = IsoTime.isDay(day) ? day : EventTime.utc(value);
            return time == null ? null : TextNode.valueOf(time);
        }

        @Override
        public boolean isWritten(JsonNode value) {
            return value.isTextual()
                    && (IsoTime.isDay(value.textValue())
                            || ISO_TIME.matcher(value.textValue()).lookingAt())
                    && accepts(value);
        }
    };

    private static final Map<String, FieldType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(FieldType::listrakName, type -> type));

    private static final int MAX_DIGITS = 100;
    private static final Pattern ISO_TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T");

    private final String listrakName;

    FieldType(String listrakName) {
        this.listrakName = listrakName;
    }

    /** The name in Listrak and in the mapping file. */
    public String listrakName() {
        return listrakName;
    }

    /** Returns the type with this name; null if there is none. */
    public static FieldType byListrakName(String listrakName) {
        return BY_NAME.get(listrakName);
    }

    /** Whether a value can be converted to this type. Never throws. */
    public boolean accepts(JsonNode value) {
        return convert(value) != null;
    }

    /** Whether a value is already written as this type: a conversion would not change what it says. */
    public boolean isWritten(JsonNode value) {
        return value.equals(convert(value));
    }

    /** Converts a value; null if it can't be converted. Never throws. */
    abstract JsonNode convert(JsonNode value);

    private static BigDecimal number(JsonNode value) {
        String text = value.isNumber() || value.isTextual() ? value.asText().strip() : "";
        try {
            return text.isEmpty() || text.length() > 2 * MAX_DIGITS ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isPlain(String digits) {
        return digits.indexOf('e') < 0 && digits.indexOf('E') < 0;
    }
}
