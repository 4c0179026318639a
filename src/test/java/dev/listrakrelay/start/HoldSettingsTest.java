package dev.listrakrelay.start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A start with {@code identity.hold} says what holding needs. */
class HoldSettingsTest extends CheckedConfiguration {

    @Test
    void holdingNeedsTheEmbeddedEngineAndLearnedEmails() {
        // given
        settings.put("identity.hold", "10m");
        settings.put("identity.enabled", "false");
        settings.put("spool.engine", "kafka");
        settings.put("spool.kafka.brokers", "localhost:9092");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of(
                        "identity.hold (IDENTITY_HOLD): needs identity.enabled=true, found false; without it, no e-mail is"
                                + " learned",
                        "identity.hold (IDENTITY_HOLD): needs spool.engine=sqlite, found kafka; only the embedded engine"
                                + " holds events. Set identity.hold=0"),
                mistakes);
    }

    @Test
    void anEventIsHeldForADayAtMost() {
        // given
        settings.put("identity.hold", "25h");
        settings.put("identity.hold-at-most", "0");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of(
                        "identity.hold (IDENTITY_HOLD): expected 0 (off) to 24h, found 25h",
                        "identity.hold-at-most (IDENTITY_HOLD_AT_MOST): expected an integer from 1 to 10000000,"
                                + " found 0"),
                mistakes);
    }

    @Test
    void withoutHoldNothingIsNeeded() {
        // given
        settings.put("identity.hold", "0");
        settings.put("identity.enabled", "false");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(List.of(), mistakes);
    }
}
