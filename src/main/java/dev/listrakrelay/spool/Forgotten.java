package dev.listrakrelay.spool;

/**
 * What was removed when a contact was forgotten.
 *
 * @param identities userIds and anonymousIds that stood for it
 * @param pending events that waited; each is dropped when its turn comes
 * @param settled events of the history
 * @param deadLetters those that waited to be replayed included
 * @param isRewritten whether nothing of events deleted earlier can be left in the file either
 */
public record Forgotten(long identities, long pending, long settled, long deadLetters, boolean isRewritten) {

    /** Nothing, anywhere. */
    public static final Forgotten NOTHING = new Forgotten(0, 0, 0, 0, true);

    /** Both together. */
    public Forgotten plus(Forgotten other) {
        return new Forgotten(
                identities + other.identities,
                pending + other.pending,
                settled + other.settled,
                deadLetters + other.deadLetters,
                isRewritten && other.isRewritten);
    }
}
