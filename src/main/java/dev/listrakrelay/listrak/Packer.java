package dev.listrakrelay.listrak;

import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.mapping.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
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

    private final RequestShape shape;
    private final byte[] opening;

    Packer(ListrakConfig config) {
        this.shape = RequestShape.of(config);
        this.opening = shape.opening(CustomEvent.CONFIGURED);
    }

    /** How the requests look that it makes. */
    public RequestShape shape() {
        return shape;
    }

    private byte[] opening(CustomEvent event) {
        return event.equals(CustomEvent.CONFIGURED) ? opening : shape.opening(event);
    }

    /** Whether an event is too large for any request. */
    boolean isTooLarge(Delivery delivery) {
        int opened = opening(delivery.listrakEvent().customEvent()).length;
        return opened + delivery.listrakEvent().json().length + RequestShape.CLOSING.length > MOST_BODY_BYTES;
    }

    /**
     * Takes from {@code waiting} what fits into one request of its first one's custom event; a contact's next event stays
     * behind, and with it all that follow.
     *
     * @return null if nothing waits
     */
    ListrakRequest pack(List<Delivery> waiting) {
        if (waiting.isEmpty()) {
            return null;
        }
        CustomEvent customEvent = waiting.get(0).listrakEvent().customEvent();
        ByteArrayOutputStream body = new ByteArrayOutputStream(8192);
        body.writeBytes(opening(customEvent));
        List<Delivery> packed = new ArrayList<>();
        Set<String> contacts = new HashSet<>();
        waiting.removeIf(delivery -> {
            byte[] json = delivery.listrakEvent().json();
            boolean isFirst = isFirst(delivery.listrakEvent().identifiers(), contacts);
            boolean isOfThisEvent = delivery.listrakEvent().customEvent().equals(customEvent);
            if (!isFirst
                    || !isOfThisEvent
                    || body.size() + json.length + 1 + RequestShape.CLOSING.length > MOST_BODY_BYTES) {
                return false;
            }
            if (!packed.isEmpty()) {
                body.write(',');
            }
            body.writeBytes(json);
            packed.add(delivery);
            return true;
        });
        body.writeBytes(RequestShape.CLOSING);
        return new ListrakRequest(packed, body.toByteArray());
    }

    /** Whether none of what a contact is known by is there; afterwards all is. */
    private static boolean isFirst(List<Identifier> contact, Set<String> contacts) {
        boolean isFirst = true;
        for (Identifier identifier : contact) {
            isFirst &= !contacts.contains(identifier.value());
        }
        for (Identifier identifier : contact) {
            contacts.add(identifier.value());
        }
        return isFirst;
    }
}
