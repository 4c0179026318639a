package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.Attempt;
import dev.listrakrelay.mapping.ListrakEvent;
import dev.listrakrelay.spool.Event;
import java.nio.charset.StandardCharsets;

/** An event on its way to Listrak, beside the one it came from. */
public record Delivery(Event event, ListrakEvent listrakEvent) implements Attempt.Part {

    @Override
    public String request() {
        return new String(listrakEvent.json(), StandardCharsets.UTF_8);
    }
}
