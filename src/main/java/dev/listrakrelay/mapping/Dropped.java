package dev.listrakrelay.mapping;

/**
 * Keeps an event from Listrak and says why.
 *
 * @param reason a fixed word that counts and dead letters are told apart by, never a part of the event
 */
public record Dropped(String reason) implements MappingResult {

    /** No rule of the mapping file takes the event. */
    public static final String NO_RULE = "no_rule";

    /** None of the contact's paths leads to anything that it is known by: Listrak could not match the event. */
    public static final String NO_IDENTIFIER = "no_identifier";

    /** The contact did not consent. */
    public static final String NO_CONSENT = "no_consent";

    /** The rule splits the event, and there is nothing in it to split. */
    public static final String NO_ITEMS = "no_items";
}
