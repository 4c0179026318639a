package dev.listrakrelay.sandbox;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Issues access tokens, and accepts each of them until it expires. */
final class SandboxTokens {

    /** The lifetime that Listrak's mock answers; listrak-api.md, section 1. */
    static final Duration LIFETIME = Duration.ofSeconds(900);

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> expiryByToken = new ConcurrentHashMap<>();
    private final Clock clock;

    SandboxTokens(Clock clock) {
        this.clock = clock;
    }

    String issue() {
        Instant now = clock.instant();
        expiryByToken.values().removeIf(expiry -> !now.isBefore(expiry));
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        expiryByToken.put(token, now.plus(LIFETIME));
        return token;
    }

    /**
     * Throws a {@link ListrakError} unless the header has a token that has not expired.
     *
     * @param authorization the {@code Authorization} header; null if it is missing
     */
    void check(String authorization) {
        boolean isBearer = authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7);
        Instant expiry = isBearer ? expiryByToken.get(authorization.substring(7).trim()) : null;
        if (expiry == null || !clock.instant().isBefore(expiry)) {
            throw new ListrakError(
                    401, "Authorization: invalid token, expected a known Bearer token that has not expired");
        }
    }
}
