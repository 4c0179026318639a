package dev.listrakrelay.listrak;

import dev.listrakrelay.mapping.ListrakEvent;
import dev.listrakrelay.spool.Event;

/** An event on its way to Listrak, beside the one it came from. */
public record Delivery(Event event, ListrakEvent listrakEvent) {}
