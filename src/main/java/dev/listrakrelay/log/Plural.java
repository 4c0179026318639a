package dev.listrakrelay.log;

/** Writes a number with its noun, such as {@code 1 event} or {@code 2 events}. */
public final class Plural {

    private Plural() {}

    /** @param noun in the singular, of a kind that gets an {@code s} */
    public static String of(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
