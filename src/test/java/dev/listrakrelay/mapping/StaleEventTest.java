package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.listrakrelay.spool.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code expires_after}: an event that is older than this when it is sent is dropped as stale. */
class StaleEventTest {

    private static final Instant HAPPENED = Instant.parse("2026-06-06T10:00:00Z");
    private static final Mapping MAPPING = Events.mapping(
            """
            match: all
            contact: {email: [$.email]}
            events:
              - {when: {type: track}, event_name: activity}
              - {when: {type: track, event: Cart}, event_name: cart, expires_after: 12h}
              - {when: {type: page}, event_name: page, expires_after: 30m}
            """);

    @ParameterizedTest
    @CsvSource({"2026-06-06T22:00:00Z, 2", "2026-06-06T22:00:00.001Z, 1"})
    void aRuleTakesAnEventUpToItsAgeAndTheOthersStillDo(Instant now, int rules) {
        // when
        MatchedRules match = MAPPING.match(event("track", "Cart"), now);

        // then
        assertEquals(rules, match.rules().size());
        assertEquals(Optional.empty(), match.dropped());
    }

    @Test
    void anEventThatIsTooOldForAllIsDroppedAsStale() {
        // when
        MatchedRules match = MAPPING.match(event("page", "Home"), HAPPENED.plusSeconds(1_801));

        // then
        assertEquals(List.of(), match.rules());
        assertEquals(Optional.of(new DroppedEvent("stale")), match.dropped());
    }

    @Test
    void anExplanationSaysWhenTheEventExpired() {
        // when
        List<String> told = MAPPING.matchResults(event("page", "Home")).stream()
                .map(MatchResult::why)
                .toList();

        // then
        assertEquals("matches, but the event is stale: it expired at 2026-06-06T10:30:00Z", told.get(2));
    }

    private static Event event(String type, String name) {
        return Events.of(type, name, "{\"email\":\"ada@example.com\",\"timestamp\":\"" + HAPPENED + "\"}");
    }
}
