package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.Attempt;
import dev.listrakrelay.mapping.Identifier;
import dev.listrakrelay.mapping.ListrakEvent;
import dev.listrakrelay.mapping.UnknownOutcome;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A Listrak event to deliver, together with the event it was mapped from.
 *
 * @param part the index of the Listrak event among those of the same event, from 0
 * @param parts the state that all Listrak events of the same event share
 */
public record Delivery(Event event, ListrakEvent listrakEvent, int part, EventParts parts) implements Attempt.Part {

    /** Creates the delivery of an event that became one Listrak event. */
    Delivery(Event event, ListrakEvent listrakEvent) {
        this(event, listrakEvent, 0, EventParts.ONE);
    }

    @Override
    public String request() {
        return new String(listrakEvent.json(), StandardCharsets.UTF_8);
    }

    @Override
    public boolean isHeldIfUnknown() {
        return listrakEvent.unknownOutcome() == UnknownOutcome.HOLD;
    }

    /** Returns the values of the contact's identifiers. */
    List<String> contact() {
        return listrakEvent.identifiers().stream().map(Identifier::value).toList();
    }

    /** Records the outcome of this part. The event is settled when all its parts are. */
    @Override
    public void settle(Settlement settlement, Batch batch) {
        parts.settle(this, settlement, batch);
    }

    /** Dead-letters the whole event, even if other parts are still open. */
    @Override
    public void deadLetterEvent(Settlement.Dead dead, Batch batch) {
        parts.deadLetterEvent(this, dead, batch);
    }
}
