package dev.listrakrelay.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks whether a delivery of one webhook has Listrak's signature and a current timestamp. */
final class SignatureVerifier {

    /** The first digit is not 0: a zero could move from the end of the body here, and the signature would stay the same. */
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,11}");

    private final List<String> secrets;
    private final Duration tolerance;

    SignatureVerifier(WebhookConfig.Webhook webhook) {
        secrets = Stream.of(webhook.secret(), webhook.previousSecret())
                .flatMap(Optional::stream)
                .toList();
        tolerance = webhook.tolerance();
    }

    /** Returns whether these are the values of a valid timestamp header: exactly one, in digits. */
    static boolean isTimestamp(List<String> values) {
        return values.size() == 1 && SECONDS.matcher(values.get(0)).matches();
    }

    /**
     * Returns the signature of a genuine delivery.
     *
     * @param timestamp the value of {@code LTK-Timestamp}; no string if the header is missing or repeated
     * @param signature the value of {@code LTK-HmacSignature}; no string if the header is missing or repeated
     * @throws InvalidSignature if the signature is wrong, or if the timestamp is outside the tolerance
     */
    ListrakSignature verify(byte[] body, Object timestamp, Object signature, Instant now) {
        if (!(timestamp instanceof String seconds) || !SECONDS.matcher(seconds).matches()) {
            throw new InvalidSignature("LTK-Timestamp: expected one header with a number that does not begin with 0");
        }
        if (!(signature instanceof String given)) {
            throw new InvalidSignature("LTK-HmacSignature: expected one header, found none or several");
        }
        ListrakSignature genuine = null;
        for (String secret : secrets) {
            ListrakSignature expected = ListrakSignature.of(secret, body, seconds);
            genuine = expected.matches(given) ? expected : genuine;
        }
        if (genuine == null) {
            throw new InvalidSignature(
                    "LTK-HmacSignature: wrong, expected the signature of this body and timestamp with the configured secret");
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now);
        if (Duration.ofSeconds(Math.abs(age.toSeconds())).compareTo(tolerance) > 0) {
            throw new InvalidSignature("LTK-Timestamp: signed, but " + age.toSeconds() + " s old, expected at most "
                    + tolerance.toSeconds() + " s in the past or future");
        }
        return genuine;
    }
}
