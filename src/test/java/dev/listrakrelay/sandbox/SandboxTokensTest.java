package dev.listrakrelay.sandbox;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.listrakrelay.spool.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The sandbox Listrak accepts a token until it expires. */
class SandboxTokensTest {

    private final TestClock clock = new TestClock();
    private final SandboxTokens tokens = new SandboxTokens(clock);

    @Test
    void aTokenIsValidUntilItsLastSecond() {
        // given
        String token = tokens.issue();

        // when
        clock.advance(SandboxTokens.LIFETIME.minus(Duration.ofSeconds(1)));

        // then
        assertDoesNotThrow(() -> tokens.check("Bearer " + token));
    }

    @Test
    void anExpiredTokenIsRefused() {
        // given
        String token = tokens.issue();

        // when
        clock.advance(SandboxTokens.LIFETIME);

        // then
        ListrakError refusal = assertThrows(ListrakError.class, () -> tokens.check("Bearer " + token));
        assertEquals(401, refusal.status());
    }
}
