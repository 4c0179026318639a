package dev.listrakrelay.mapping;

/**
 * Keeps an event from Listrak and says why.
 *
 * @param reason a fixed word that counts and dead letters are told apart by, never a part of the event
 */
public record Dropped(String reason) implements Mapped {

    /** No rule of the mapping file takes events of this type and name. */
    public static final String NO_RULE = "no_rule";

    /** None of the contact's paths leads to an address: Cross Channel could not match the event to a contact. */
    public static final String NO_EMAIL = "no_email";
}
