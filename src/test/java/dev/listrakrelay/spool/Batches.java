package dev.listrakrelay.spool;

import java.time.Duration;
import java.util.Optional;

/** Takes batches of events to send, as the worker of a lane does. */
public final class Batches {

    private Batches() {}

    /** Takes due events without waiting. Empty if all of them are forgotten or wait for an earlier one. */
    public static Optional<Batch> take(SpoolLanes spool, int lane, int max) {
        try {
            Optional<Batch> taken = spool.take(lane, max, Duration.ZERO, Duration.ZERO);
            taken.ifPresent(Batch::dropForgotten);
            if (taken.isPresent() && taken.get().size() == 0) {
                taken.get().commit();
                spool.release(lane);
                return Optional.empty();
            }
            return taken;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
