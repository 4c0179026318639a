package dev.listrakrelay.sandbox;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Issues access tokens and knows until when each of them opens the door. */
final class SandboxTokens {

    /** What a mock of Listrak's own answers; listrak-api.md, section 1. */
    static final Duration LIFETIME = Duration.ofSeconds(900);

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> endByToken = new ConcurrentHashMap<>();
    private final Clock clock;

    SandboxTokens(Clock clock) {
        this.clock = clock;
    }

    String issue() {
        Instant now = clock.instant();
        endByToken.values().removeIf(end -> !now.isBefore(end));
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        endByToken.put(token, now.plus(LIFETIME));
        return token;
    }

    /** Refuses a request whose {@code Authorization} header, null if missing, carries no living token. */
    void check(String authorization) {
        boolean bearer = authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7);
        Instant end = bearer ? endByToken.get(authorization.substring(7).trim()) : null;
        if (end == null || !clock.instant().isBefore(end)) {
            throw new ListrakError(
                    401, "Authorization: token not valid, expected a Bearer token that is known and not expired");
        }
    }
}
