package dev.listrakrelay.spool;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The spool could not keep, read or settle events; nothing may be acknowledged. */
public class SpoolUnavailable extends RuntimeException {
    public SpoolUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    /** Waits for work on the spool, and throws what it failed with as it is. */
    public static <T> T await(CompletionStage<T> work) {
        try {
            return work.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SpoolUnavailable unavailable) {
                throw unavailable;
            }
            throw e;
        }
    }
}
