package dev.listrakrelay.listrak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.mapping.Identifier;
import dev.listrakrelay.mapping.IdentifierType;
import dev.listrakrelay.mapping.ListrakEvent;
import dev.listrakrelay.mapping.UnknownOutcome;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An event that was split into several Listrak events is settled once, when all of them are finished. */
class EventPartsTest {

    private static final Event EVENT =
            new Event(1, "m-1", "test", "track", "Order Completed", "a@b.c", Instant.EPOCH, new byte[0]);

    private final DeliveredParts taken = new DeliveredParts();
    private final Batch batch = new Batch(null, 0, List.of(EVENT), event -> 0);

    @Test
    void anEventIsDeliveredWithItsLastPart() {
        // given
        List<Delivery> parts = parts("a", "b");

        // when
        parts.get(1).settle(new Settlement.Delivered(), batch);
        int unsettledBefore = batch.unsettled();
        parts.get(0).settle(new Settlement.Delivered(), batch);

        // then
        assertEquals(1, unsettledBefore);
        assertEquals(new Settlement.Delivered(), batch.marked(EVENT));
    }

    @Test
    void anEventWithAFailedPartIsADeadLetterOnceAllPartsAreSettled() {
        // given
        List<Delivery> parts = parts("a", "b", "c");

        // when
        parts.get(0).settle(new Settlement.Delivered(), batch);
        parts.get(1).settle(new Settlement.Dead("rejected", "no such field", "b"), batch);
        int unsettledBefore = batch.unsettled();
        parts.get(2).settle(new Settlement.Dead("refused", "", "c"), batch);

        // then
        assertEquals(1, unsettledBefore);
        assertEquals(new Settlement.Dead("rejected", "part 2 of 3: no such field", "b"), batch.marked(EVENT));
    }

    @Test
    void aRetriedPartKeepsTheEventPendingAndDeliveredPartsAreRemembered() {
        // given
        List<Delivery> parts = parts("a", "b");
        Settlement retry = new Settlement.Retry(Instant.EPOCH, "busy");

        // when
        parts.get(0).settle(retry, batch);
        parts.get(1).settle(new Settlement.Delivered(), batch);

        // then
        assertEquals(retry, batch.marked(EVENT));
        assertFalse(taken.contains(parts("a", "b").get(0)));
        assertTrue(taken.contains(parts("a", "b").get(1)));
    }

    @Test
    void aPartThatAChangedMappingMakesDifferentIsNotYetDelivered() {
        // given
        parts("a", "b").get(0).settle(new Settlement.Delivered(), batch);

        // when
        boolean sameBytes = taken.contains(parts("a", "b").get(0));
        boolean otherBytes = taken.contains(parts("changed", "b").get(0));

        // then
        assertTrue(sameBytes);
        assertFalse(otherBytes);
    }

    @Test
    void thePartsOfASettledEventAreNotRemembered() {
        // given
        List<Delivery> parts = parts("a", "b");
        parts.get(0).settle(new Settlement.Delivered(), batch);

        // when
        parts.get(1).settle(new Settlement.Dead("rejected", "", ""), batch);

        // then
        assertFalse(taken.contains(parts.get(0)));
    }

    @Test
    void anExpiredEventIsADeadLetterAtOnce() {
        // given
        List<Delivery> parts = parts("a", "b");

        // when
        parts.get(0).deadLetterEvent(new Settlement.Dead("expired", "503", ""), batch);

        // then
        assertEquals(new Settlement.Dead("expired", "part 1 of 2: 503", ""), batch.marked(EVENT));
    }

    private List<Delivery> parts(String... json) {
        EventParts parts = new EventParts(json.length, taken);
        return IntStream.range(0, json.length)
                .mapToObj(i -> new Delivery(EVENT, listrakEvent(json[i]), i, parts))
                .toList();
    }

    private static ListrakEvent listrakEvent(String json) {
        return new ListrakEvent(
                List.of(new Identifier(IdentifierType.EMAIL, "a@b.c", "$.email")),
                CustomEvent.CONFIGURED,
                json.getBytes(StandardCharsets.UTF_8),
                UnknownOutcome.RETRY);
    }
}
