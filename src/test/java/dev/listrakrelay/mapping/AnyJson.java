package dev.listrakrelay.mapping;

import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Generates random JSON: events, and numbers with many digits. */
public final class AnyJson {

    private AnyJson() {}

    /** Objects whose fields are sometimes those that a mapping reads. */
    public static Arbitrary<String> events() {
        Arbitrary<String> value = value(4);
        Arbitrary<String> email = Arbitraries.of("\"a@b.c\"", "\" A@B.C \"", "\"\"", "null", "7", "{}", "[\"x@y.z\"]");
        Arbitrary<String> traits = email.map(address -> "{\"traits\":{\"email\":" + address + "},\"consent\":true}");
        return Arbitraries.maps(
                        Arbitraries.of("properties", "context", "timestamp", "email", "traits", "item", "event"),
                        Arbitraries.frequencyOf(Tuple.of(4, value), Tuple.of(2, traits)))
                .ofMaxSize(6)
                .map(AnyJson::object);
    }

    static Arbitrary<String> numbers() {
        Arbitrary<String> whole = Arbitraries.strings()
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(40)
                .map(digits -> {
                    String bare = digits.replaceFirst("^0+(?=.)", "");
                    return bare;
                });
        Arbitrary<String> fraction =
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(30).map(digits -> "." + digits);
        Arbitrary<String> exponent = Arbitraries.of("", "e5", "E+2", "e-9", "e400", "e99999999999", "E-0");
        return Combinators.combine(Arbitraries.of("", "-"), whole, fraction.optional(0.5), exponent)
                .as((sign, digits, after, power) -> sign + digits + after.orElse("") + power);
    }

    private static Arbitrary<String> value(int depth) {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(8).map(AnyJson::quoted);
        Arbitrary<String> scalar = Arbitraries.oneOf(
                text,
                numbers(),
                Arbitraries.of(
                        "true",
                        "false",
                        "null",
                        "\"2026-06-06T12:34:56Z\"",
                        "\"+14155550123\"",
                        "\"\\ud800\"",
                        "\"12.50\"",
                        "1780749296"));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<String> inner = Arbitraries.lazy(() -> value(depth - 1));
        Arbitrary<String> names = Arbitraries.of("a", "b", "c", "list", "email", "event_name", "event_time", "a_b", "");
        Arbitrary<String> object = Arbitraries.maps(names, inner).ofMaxSize(5).map(AnyJson::object);
        Arbitrary<String> list = inner.list().ofMaxSize(4).map(items -> "[" + String.join(",", items) + "]");
        return Arbitraries.frequencyOf(Tuple.of(3, scalar), Tuple.of(3, object), Tuple.of(1, list));
    }

    private static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> quoted.append(String.format("\\u%04x", c)));
        return quoted.append('"').toString();
    }
}
