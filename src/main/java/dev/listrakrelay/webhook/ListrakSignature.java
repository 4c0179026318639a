package dev.listrakrelay.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Computes Listrak's signature of a webhook: HMAC-SHA256 over the bytes of the body, followed by the text of the timestamp
 * (listrak-api §6). Listrak's Python and C# samples encode it as base64, its JavaScript sample as hex.
 */
final class ListrakSignature {

    private final byte[] hmac;

    private ListrakSignature(byte[] hmac) {
        this.hmac = hmac;
    }

    static ListrakSignature of(String secret, byte[] body, String timestamp) {
        return new ListrakSignature(
                Hmac.sha256(secret.getBytes(StandardCharsets.UTF_8), body, timestamp.getBytes(US_ASCII)));
    }

    /** Returns whether the text is this signature, as base64 or hex. The time it takes does not depend on the text's content. */
    boolean matches(String given) {
        boolean isBase64 = MessageDigest.isEqual(base64().getBytes(US_ASCII), given.getBytes(StandardCharsets.UTF_8));
        boolean isHex = MessageDigest.isEqual(
                HexFormat.of().formatHex(hmac).getBytes(US_ASCII),
                given.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        return isBase64 | isHex;
    }

    String base64() {
        return Base64.getEncoder().encodeToString(hmac);
    }

    /**
     * Returns an id for the delivery, because Listrak sends none. Both encodings of a signature give the same id. The
     * signature can't be computed from the id.
     */
    String deliveryId() {
        return "msg_" + HexFormat.of().formatHex(Hmac.sha256(hmac), 0, 16);
    }
}
