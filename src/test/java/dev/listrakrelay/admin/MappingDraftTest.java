package dev.listrakrelay.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each mistake in a draft of a mapping is reported with its line; a draft without mistakes is run against its cases.
 */
class MappingDraftTest {

    private static final String GOOD =
            """
            contact:
              email: [$.context.traits.email]
            events:
              - when: {type: track, event: Order Completed}
                event_name: purchase
            """;

    @Test
    void eachMistakeHasItsLine() {
        // given
        String yaml =
                """
                contact:
                  email: [$.context.traits.email]
                events:
                  - when: {type: track}
                    event_name: purchase
                  - when:
                      type: track
                      evnt: Order Completed
                    event_name: order
                  - when: {type: page}
                """;

        // when
        MappingDraft draft =
                new MappingDraft(yaml, Optional.of("- case: x\n  given: {type: page}\n  dropped: [y]\n"), Set.of());

        // then
        assertEquals(
                List.of("mapping 8 events[1].when.evnt", "mapping 10 events[2]", "cases 3 [0].dropped"), places(draft));
    }

    @Test
    void aTextThatIsNoYamlIsReportedWithTheBrokenLine() {
        // when
        MappingDraft draft = new MappingDraft("contact:\n  email: [\nevents: {", Optional.empty(), Set.of());

        // then
        assertEquals(1, draft.mistakes().size());
        assertEquals(3, draft.mistakes().get(0).path("line").asInt());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "events: &a [*a]",
                "a: &a [x, x]\nb: &b [*a, *a]\nevents: [*b, *b]",
                "events: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                "",
                "- 1",
                "events",
            })
    void aHostileTextIsReportedAsAMistake(String yaml) {
        // when
        MappingDraft draft = new MappingDraft(yaml, Optional.of(yaml), Set.of());

        // then
        assertTrue(draft.mistakes().size() >= 1);
    }

    @Test
    void theCasesOfADraftPassOrReportTheDifference() {
        // given
        String cases =
                """
                - case: as it should
                  given: {type: page}
                  dropped: no_rule
                - case: not as it should
                  given: {type: track, event: Order Completed}
                  dropped: no_rule
                """;

        // when
        MappingDraft draft = new MappingDraft(GOOD, Optional.of(cases), Set.of());

        // then
        assertEquals("[]", draft.mistakes().toString());
        assertEquals(
                "{\"passed\":1,\"failed\":[{\"case\":\"not as it should\",\"difference\":\"expected a drop as no_rule,"
                        + " found a drop as no_email\"}]}",
                draft.results().toString());
    }

    private static List<String> places(MappingDraft draft) {
        List<String> places = new ArrayList<>();
        for (JsonNode mistake : draft.mistakes()) {
            places.add(
                    mistake.path("file").asText() + " " + mistake.path("line").asInt() + " "
                            + mistake.path("message").asText().split(":")[0].replaceFirst("\\.event_name$", ""));
        }
        return places;
    }
}
