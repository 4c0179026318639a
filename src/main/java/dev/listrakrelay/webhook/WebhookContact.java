package dev.listrakrelay.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.listrakrelay.spool.EmailAddress;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds whom a webhook is about, so that one contact's webhooks keep their order. The payloads' shapes are not published
 * (listrak-api §6): so it is the first member, wherever it stands, whose name has {@code email} in it and whose text is an
 * address, else the first whose name has {@code phone} in it.
 */
final class WebhookContact {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_CHARACTERS = 320;

    private WebhookContact() {}

    /** In lower case; empty where there is none, also in what isn't JSON. */
    static Optional<String> of(byte[] body) {
        String phone = null;
        try (JsonParser parser = JSON.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (!token.isScalarValue() || parser.currentName() == null) {
                    continue;
                }
                String name = parser.currentName().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
                String email = name.contains("email") ? EmailAddress.of(parser.getText()) : null;
                if (email != null && email.length() <= MOST_CHARACTERS) {
                    return Optional.of(email);
                }
                String text = parser.getText().strip().toLowerCase(Locale.ROOT);
                boolean isPhone = name.contains("phone") && text.matches(".*[0-9]{4}.*");
                phone = phone == null && isPhone && text.length() <= MOST_CHARACTERS ? text : phone;
            }
        } catch (IOException notJson) {
            // a genuine webhook is kept whatever is in it
        }
        return Optional.ofNullable(phone);
    }
}
