package dev.listrakrelay.spool.kafka;

/**
 * Says which events of a lane are pending, whichever process the lane is assigned to.
 *
 * @param state the state of the lane, as committed or in memory
 * @param begin the offset of the first event that still exists
 * @param end the offset after the last event
 * @param pending the number of pending events
 */
record LaneView(LaneSnapshot state, long begin, long end, long pending) {

    /** The view of a lane whose events nobody has read since its state was committed. */
    static LaneView of(LaneSnapshot committed, long begin, long end) {
        long pending = Math.max(0, end - committed.to()) + committed.open().size();
        return new LaneView(committed, begin, end, pending);
    }

    boolean isPending(long offset) {
        return offset >= state.to() || state.open().containsKey(offset);
    }

    /** When an event may be tried again, in epoch milliseconds; 0 if nothing holds it back. */
    long due(long offset) {
        LaneSnapshot.OpenEvent open = state.open().get(offset);
        return open == null ? 0 : open.due();
    }
}
