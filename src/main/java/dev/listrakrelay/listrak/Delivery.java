package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.Attempt;
import dev.listrakrelay.mapping.Identifier;
import dev.listrakrelay.mapping.ListrakEvent;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An event on its way to Listrak, beside the one it came from.
 *
 * @param part which of the Listrak events of that event it is, from 0
 * @param parts what holds those together
 */
public record Delivery(Event event, ListrakEvent listrakEvent, int part, EventParts parts) implements Attempt.Part {

    /** The only one of its event. */
    Delivery(Event event, ListrakEvent listrakEvent) {
        this(event, listrakEvent, 0, EventParts.ONE);
    }

    @Override
    public String request() {
        return new String(listrakEvent.json(), StandardCharsets.UTF_8);
    }

    /** What its contact is known by. */
    List<String> contact() {
        return listrakEvent.identifiers().stream().map(Identifier::value).toList();
    }

    /** Notes what became of it; its event is settled when all its parts are. */
    @Override
    public void settle(Settlement settlement, Batch batch) {
        parts.settle(this, settlement, batch);
    }

    /** Gives its event up, whatever becomes of the other parts. */
    @Override
    public void giveUp(Settlement.Dead dead, Batch batch) {
        parts.giveUp(this, dead, batch);
    }
}
