package dev.listrakrelay.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What Listrak signs a webhook with: HMAC-SHA256 over the body's bytes and then the timestamp's text (listrak-api §6).
 * Its Python and C# samples write it as base64, its JavaScript sample as hex.
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

    /** Whether this is how it was written, whole and in one of the two ways; takes a time that tells nothing about it. */
    boolean isWrittenAs(String given) {
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
     * Names the delivery, for Listrak gives it no id: the same for the same signature, however it was written. Whoever is
     * told this id does not learn the signature.
     */
    String deliveryId() {
        return "msg_" + HexFormat.of().formatHex(Hmac.sha256(hmac), 0, 16);
    }
}
