package dev.listrakrelay.listrak;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Packs deliveries into a request, in order: at most one event of a contact, because Listrak's answer names contacts
 * only (listrak-api §3), and never over the size limit (§2).
 */
@ApplicationScoped
public class Packer {

    /** Listrak takes 1,000,000 bytes with headers; these are kept for the headers, the token being the long one. */
    private static final int MOST_BODY_BYTES = 1_000_000 - 16_384;

    private static final byte[] CLOSING = "]}".getBytes(StandardCharsets.UTF_8);

    private final byte[] opening;

    Packer(ListrakConfig config) {
        opening = config.requestStyle().opening(config).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether an event is too large for any request. */
    boolean isTooLarge(Delivery delivery) {
        return opening.length + delivery.listrakEvent().json().length + CLOSING.length > MOST_BODY_BYTES;
    }

    /**
     * Takes from {@code waiting} what fits into one request; a contact's next event stays behind, and with it all that
     * follow.
     *
     * @return null if nothing waits
     */
    ListrakRequest pack(List<Delivery> waiting) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(8192);
        body.writeBytes(opening);
        List<Delivery> packed = new ArrayList<>();
        Set<String> contacts = new HashSet<>();
        waiting.removeIf(delivery -> {
            byte[] json = delivery.listrakEvent().json();
            boolean isFirst = contacts.add(delivery.listrakEvent().contact());
            if (!isFirst || body.size() + json.length + 1 + CLOSING.length > MOST_BODY_BYTES) {
                return false;
            }
            if (!packed.isEmpty()) {
                body.write(',');
            }
            body.writeBytes(json);
            packed.add(delivery);
            return true;
        });
        body.writeBytes(CLOSING);
        return packed.isEmpty() ? null : new ListrakRequest(packed, body.toByteArray());
    }
}
