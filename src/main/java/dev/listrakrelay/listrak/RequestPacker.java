package dev.listrakrelay.listrak;

import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.mapping.Identifier;
import dev.listrakrelay.mapping.ListrakEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Packs deliveries into a request, in order. A request has at most one event of each contact, because Listrak's answer
 * identifies events only by contact (listrak-api §3). It never exceeds the size limit (§2).
 */
final class RequestPacker {

    /** Listrak accepts 1,000,000 bytes with headers. The difference is for the headers; the token is the longest. */
    private static final int MOST_BODY_BYTES = 1_000_000 - 16_384;

    private final RequestFormat format;
    private final byte[] opening;
    private final int mostEvents;

    RequestPacker(RequestFormat format) {
        this(format, Integer.MAX_VALUE);
    }

    private RequestPacker(RequestFormat format, int mostEvents) {
        this.format = format;
        this.mostEvents = mostEvents;
        this.opening = format.opening(CustomEvent.CONFIGURED);
    }

    /** Returns the packer of an account. A request has no more events than may leave in a second. */
    static RequestPacker of(AccountSettings account) {
        return new RequestPacker(
                account.requestFormat(),
                Math.toIntExact(account.maxEventsPerSecond().orElse((long) Integer.MAX_VALUE)));
    }

    /** Returns the format of the requests. */
    RequestFormat format() {
        return format;
    }

    private byte[] opening(CustomEvent event) {
        return event.isConfigured() ? opening : format.opening(event);
    }

    /** Returns whether a delivery is too large even for a request of its own. */
    boolean isTooLarge(Delivery delivery) {
        int openingBytes = opening(delivery.listrakEvent().customEvent()).length;
        return openingBytes + delivery.listrakEvent().json().length + RequestFormat.CLOSING.length > MOST_BODY_BYTES;
    }

    /**
     * Removes the deliveries that fit into one request from {@code pending}. All of them are for the custom event of the first
     * delivery. If a delivery of a contact stays behind, so do the contact's later deliveries.
     *
     * @return the request; null if there is no pending delivery
     */
    ListrakRequest pack(List<Delivery> pending) {
        if (pending.isEmpty()) {
            return null;
        }
        CustomEvent customEvent = pending.get(0).listrakEvent().customEvent();
        byte[] start = opening(customEvent);
        List<Delivery> packed = new ArrayList<>();
        Set<String> contacts = new HashSet<>();
        // each event except the first has a comma before it
        int bytes = start.length + RequestFormat.CLOSING.length - 1;
        for (Iterator<Delivery> next = pending.iterator(); next.hasNext(); ) {
            Delivery delivery = next.next();
            ListrakEvent event = delivery.listrakEvent();
            int eventBytes = event.json().length + 1;
            boolean isFirstOfContact = addIfNew(event.identifiers(), contacts);
            boolean hasRoom = packed.size() < mostEvents && bytes + eventBytes <= MOST_BODY_BYTES;
            if (isFirstOfContact && event.customEvent().equals(customEvent) && hasRoom) {
                bytes += eventBytes;
                packed.add(delivery);
                next.remove();
            }
        }
        return new ListrakRequest(packed, body(start, packed, bytes));
    }

    private static byte[] body(byte[] start, List<Delivery> packed, int bytes) {
        ByteBuffer body = ByteBuffer.allocate(bytes).put(start);
        for (Delivery delivery : packed) {
            if (body.position() > start.length) {
                body.put((byte) ',');
            }
            body.put(delivery.listrakEvent().json());
        }
        return body.put(RequestFormat.CLOSING).array();
    }

    /** Adds the identifiers of a contact; returns whether none of them was there. */
    private static boolean addIfNew(List<Identifier> contact, Set<String> contacts) {
        boolean isNew = true;
        for (Identifier identifier : contact) {
            isNew &= !contacts.contains(identifier.value());
        }
        for (Identifier identifier : contact) {
            contacts.add(identifier.value());
        }
        return isNew;
    }
}
