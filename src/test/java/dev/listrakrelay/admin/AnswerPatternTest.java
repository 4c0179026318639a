package dev.listrakrelay.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of a destination that differ only in their values have the same pattern. */
class AnswerPatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "The value of \"total\" is 12.50        | The value of … is …",
                "it isn't known, the shop's             | it isn't known, the shop's",
                "field 'total': no number               | field …: no number",
                "{\"status\":400,\"message\":\"Item 3\"} | Item …",
                "{\"error\":{\"message\":\"no x\"}}     | no x",
                "{\"error\":\"no such field\"}          | no such field",
                "{\"message\":\"cut o                   | {…:\"cut o",
                "event 7d3b6f0e-5c1a-4f8e-9a2b-0c1d2e3f4a5b: not readable | event …: not readable",
                "no contact ann@example.org here        | no contact … here",
                "``                                     | ``",
            })
    void answersThatDifferOnlyInValuesHaveOnePattern(String answer, String kind) {
        assertEquals(kind, AnswerPattern.of(answer));
    }
}
