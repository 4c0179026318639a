package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Settlement;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Iterates over the requests of a batch. It packs each request after the previous one is settled. So a rejected request can
 * return as two halves, and no further request follows once the lane is paused.
 */
final class RequestQueue implements Iterator<ListrakRequest> {

    /** The exchange property by which the steps of a request find the queue. */
    private static final String PROPERTY = "listrakRequests";

    private final RequestPacker packer;
    private final Batch batch;
    private final List<Delivery> pending;
    private final Deque<ListrakRequest> halves = new ArrayDeque<>();
    private boolean isExhausted;

    RequestQueue(RequestPacker packer, Batch batch, List<Delivery> deliveries) {
        this.packer = packer;
        this.batch = batch;
        this.pending = new LinkedList<>(deliveries);
    }

    static RequestQueue of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, RequestQueue.class);
    }

    void attachTo(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
        exchange.getMessage().setBody(this);
    }

    /** Returns true during the last request too, because it can return as halves; then {@link #next} may return null. */
    @Override
    public boolean hasNext() {
        return !isExhausted && !batch.isPaused() && batch.unsettled() > 0;
    }

    @Override
    public ListrakRequest next() {
        dropForgotten();
        ListrakRequest next = halves.isEmpty() ? packer.pack(pending) : halves.poll();
        isExhausted = next == null;
        return next;
    }

    /** Drops the deliveries of contacts that were forgotten in the meantime. */
    private void dropForgotten() {
        pending.removeIf(delivery -> {
            boolean isForgotten = batch.isForgotten(delivery.event());
            if (isForgotten) {
                batch.mark(delivery.event(), Settlement.FORGOTTEN);
            }
            return isForgotten;
        });
    }

    /** Removes and returns the pending deliveries of a contact whose earlier delivery is retried later, so that none overtakes it. */
    List<Delivery> removePending(List<String> contact) {
        List<Delivery> later = pending.stream()
                .filter(delivery -> !Collections.disjoint(delivery.contact(), contact))
                .toList();
        pending.removeAll(later);
        return later;
    }

    /** Puts a rejected request back as two halves, in order. */
    void halve(ListrakRequest rejected) {
        List<Delivery> deliveries = rejected.deliveries();
        int middle = deliveries.size() / 2;
        halves.addFirst(packer.pack(new LinkedList<>(deliveries.subList(middle, deliveries.size()))));
        halves.addFirst(packer.pack(new LinkedList<>(deliveries.subList(0, middle))));
    }
}
