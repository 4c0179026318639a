package dev.listrakrelay.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Keeps a number with the digits that the sender wrote. Its value is computed only if a JSONPath predicate compares
 * it.
 */
final class NumberLiteral extends NumericNode {
    private static final long serialVersionUID = 1L;

    private final String digits;

    NumberLiteral(String digits) {
        this.digits = digits;
    }

    @Override
    public String asText() {
        return digits;
    }

    @Override
    public void serialize(JsonGenerator out, SerializerProvider provider) throws IOException {
        out.writeNumber(digits);
    }

    @Override
    public JsonToken asToken() {
        return JsonToken.VALUE_NUMBER_FLOAT;
    }

    @Override
    public JsonParser.NumberType numberType() {
        return JsonParser.NumberType.BIG_DECIMAL;
    }

    @Override
    public boolean isBigDecimal() {
        return true;
    }

    /** @throws NumberFormatException if the exponent is too large for a BigDecimal */
    @Override
    public BigDecimal decimalValue() {
        return new BigDecimal(digits);
    }

    @Override
    public Number numberValue() {
        return decimalValue();
    }

    @Override
    public int intValue() {
        return (int) doubleValue();
    }

    @Override
    public long longValue() {
        return (long) doubleValue();
    }

    @Override
    public double doubleValue() {
        return Double.parseDouble(digits);
    }

    @Override
    public BigInteger bigIntegerValue() {
        return decimalValue().toBigInteger();
    }

    @Override
    public boolean canConvertToInt() {
        return intValue() == doubleValue();
    }

    @Override
    public boolean canConvertToLong() {
        return longValue() == doubleValue();
    }

    /** Two numbers are equal if they have the same digits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NumberLiteral number && number.digits.equals(digits);
    }

    @Override
    public int hashCode() {
        return digits.hashCode();
    }
}
