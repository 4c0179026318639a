package dev.listrakrelay.listrak;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
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
        List<Delivery> packed = new ArrayList<>();
        Set<String> contacts = new HashSet<>();
        // each event brings a comma, but the first
        int bytes = opening.length + CLOSING.length - 1;
        for (Iterator<Delivery> next = waiting.iterator(); next.hasNext(); ) {
            Delivery delivery = next.next();
            int more = delivery.listrakEvent().json().length + 1;
            boolean isFirst = contacts.add(delivery.listrakEvent().contact());
            if (isFirst && bytes + more <= MOST_BODY_BYTES) {
                bytes += more;
                packed.add(delivery);
                next.remove();
            }
        }
        return packed.isEmpty() ? null : new ListrakRequest(packed, body(packed, bytes));
    }

    private byte[] body(List<Delivery> packed, int bytes) {
        ByteBuffer body = ByteBuffer.allocate(bytes).put(opening);
        for (Delivery delivery : packed) {
            if (body.position() > opening.length) {
                body.put((byte) ',');
            }
            body.put(delivery.listrakEvent().json());
        }
        return body.put(CLOSING).array();
    }
}
