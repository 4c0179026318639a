package dev.listrakrelay.mapping;

/**
 * The result for an event that is not sent to Listrak, with its reason.
 *
 * @param reason a fixed word, never a part of the event; metrics and the history count drops by it
 */
public record DroppedEvent(String reason) implements MappingResult {

    /** No rule of the mapping file matches the event. */
    public static final String NO_RULE = "no_rule";

    /** No path of {@code contact} finds an identifier, so Listrak could not match the event. */
    public static final String NO_IDENTIFIER = "no_identifier";

    /** The contact did not consent. */
    public static final String NO_CONSENT = "no_consent";

    /** The event is older than its rule accepts. */
    public static final String STALE = "stale";

    /** The contact sent more events in an hour than {@code delivery.max-contact-events-per-hour}. */
    public static final String FLOOD = "flood";

    /** The rule splits the event, but the event has no items. */
    public static final String NO_ITEMS = "no_items";
}
