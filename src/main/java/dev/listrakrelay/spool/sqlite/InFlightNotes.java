package dev.listrakrelay.spool.sqlite;

import java.util.List;

/**
 * Holds what an earlier process left in its {@link InFlightFile}.
 *
 * @param isExact whether the notes are those that were written last. They are not after a power cut
 * @param batch the most events of a lane that could be in flight
 */
record InFlightNotes(boolean isExact, int batch, List<InFlightNote> notes) {

    /** There was no earlier process, or it noted nothing. */
    static final InFlightNotes NONE = new InFlightNotes(true, 0, List.of());
}
