package dev.listrakrelay.sandbox;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SandboxTokensTest {

    private final SteppedClock clock = new SteppedClock();
    private final SandboxTokens tokens = new SandboxTokens(clock);

    @Test
    void aTokenOpensTheDoorUntilItsLastSecond() {
        // given
        String token = tokens.issue();

        // when
        clock.now = clock.now.plus(SandboxTokens.LIFETIME).minus(Duration.ofSeconds(1));

        // then
        assertDoesNotThrow(() -> tokens.check("Bearer " + token));
    }

    @Test
    void anExpiredTokenIsRefused() {
        // given
        String token = tokens.issue();

        // when
        clock.now = clock.now.plus(SandboxTokens.LIFETIME);

        // then
        Refusal refusal = assertThrows(Refusal.class, () -> tokens.check("Bearer " + token));
        assertEquals(401, refusal.status());
    }

    private static final class SteppedClock extends Clock {

        private Instant now = Instant.parse("2026-06-06T12:34:56Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
