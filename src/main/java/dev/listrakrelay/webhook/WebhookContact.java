package dev.listrakrelay.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.listrakrelay.spool.EmailAddress;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the contact of a webhook, so that the webhooks of one contact stay in order. Listrak does not publish the payloads
 * (listrak-api §6). So the contact is the first e-mail address in a field whose name contains {@code email}, at any depth.
 * Without one, it is the first number in a field whose name contains {@code phone}.
 */
final class WebhookContact {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_CHARACTERS = 320;

    private WebhookContact() {}

    /** Returns the contact in lower case; empty if there is none, or if the body is not JSON. */
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
            // a webhook with a valid signature is stored, even if it isn't JSON
        }
        return Optional.ofNullable(phone);
    }
}
