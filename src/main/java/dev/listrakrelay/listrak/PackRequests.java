package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Packs a batch's deliveries into requests, in order: at most one event of a contact in each, because Listrak's answer
 * names contacts only (listrak-api §3), and none over the size limit (§2).
 *
 * <p>In: a list of {@link Delivery}. Out: a list of {@link ListrakRequest}.
 */
@ApplicationScoped
@Named("packRequests")
public class PackRequests implements Processor {

    /** Listrak takes 1,000,000 bytes with headers; these are kept for the headers, the token being the long one. */
    private static final int MOST_BODY_BYTES = 1_000_000 - 16_384;

    private static final byte[] CLOSING = "]}".getBytes(StandardCharsets.UTF_8);

    private final byte[] opening;

    PackRequests(ListrakConfig config) {
        opening = config.requestStyle().opening(config).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        List<Delivery> waiting = new LinkedList<>(exchange.getMessage().getBody(List.class));
        waiting.removeIf(delivery -> isTooLarge(delivery, Batch.of(exchange)));
        List<ListrakRequest> requests = new ArrayList<>();
        while (!waiting.isEmpty()) {
            requests.add(next(waiting));
        }
        exchange.getMessage().setBody(requests);
    }

    private boolean isTooLarge(Delivery delivery, Batch batch) {
        int bytes = opening.length + delivery.listrakEvent().json().length + CLOSING.length;
        if (bytes > MOST_BODY_BYTES) {
            batch.mark(delivery.event(), new Settlement.Dead("too_large", ""));
        }
        return bytes > MOST_BODY_BYTES;
    }

    /** Takes what fits into one request; a contact's next event stays behind, and with it all that follow. */
    private ListrakRequest next(List<Delivery> waiting) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(8192);
        body.writeBytes(opening);
        List<Event> events = new ArrayList<>();
        Set<String> contacts = new HashSet<>();
        waiting.removeIf(delivery -> {
            byte[] json = delivery.listrakEvent().json();
            boolean isFirst = contacts.add(delivery.listrakEvent().contact());
            if (!isFirst || body.size() + json.length + 1 + CLOSING.length > MOST_BODY_BYTES) {
                return false;
            }
            if (!events.isEmpty()) {
                body.write(',');
            }
            body.writeBytes(json);
            events.add(delivery.event());
            return true;
        });
        body.writeBytes(CLOSING);
        return new ListrakRequest(events, body.toByteArray());
    }
}
