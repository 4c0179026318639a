package dev.listrakrelay.spool;

/**
 * Counts what was removed when a contact was forgotten.
 *
 * @param identities userIds and anonymousIds of the contact
 * @param pending pending events; each is dropped when it is due
 * @param settled settled events of the history
 * @param deadLetters dead letters, also those that waited for a replay
 * @param isRewritten whether the file was rewritten, so that no bytes of deleted events are left in it
 */
public record ErasureCounts(long identities, long pending, long settled, long deadLetters, boolean isRewritten) {

    /** Nothing was removed. */
    public static final ErasureCounts NOTHING = new ErasureCounts(0, 0, 0, 0, true);

    /** Returns the sum of both. */
    public ErasureCounts plus(ErasureCounts other) {
        return new ErasureCounts(
                identities + other.identities,
                pending + other.pending,
                settled + other.settled,
                deadLetters + other.deadLetters,
                isRewritten && other.isRewritten);
    }
}
