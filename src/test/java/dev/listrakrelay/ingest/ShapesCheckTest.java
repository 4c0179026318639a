package dev.listrakrelay.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An invalid path in a shape is reported before the relay starts. */
class ShapesCheckTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order.id",
                "$.",
                "$..",
                "$order",
                "$.a[?(",
                "$.a[?(@.b ==",
                "$.a[?(@.b)",
                "$.a['b",
                "$.a[b]",
                "$.a[]",
                "$.a.length(",
                "$.a..",
                "$[",
                "$.a b",
                "$.a[-]",
                "$.a[1,",
                "$.a[?(@.b =~ /(/)]",
                "@.a",
                "$.a[*",
                "$.a[?(@.b in [1)]",
                "$.a[99999999999]",
                "$.sum($.",
                "$.a[?(@.b == 1 &&)]"
            })
    void anInvalidPathIsAMistake(String path) {
        // given
        Map<String, String> settings =
                Map.of("source.rest.shapes.till.event", "Paid", "source.rest.shapes.till.properties", path);

        // when
        List<String> mistakes = ShapesCheck.mistakes(Set.of("till"), key -> Optional.ofNullable(settings.get(key)));

        // then
        assertEquals(
                List.of(
                        "source.rest.shapes.till.properties (SOURCE_REST_SHAPES_TILL_PROPERTIES): expected a JSONPath such as"
                                + " $.order.status, found " + path),
                mistakes);
    }
}
