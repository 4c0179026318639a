package dev.listrakrelay.spool;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The spool can't store, read or settle events. Nothing may be acknowledged. */
public class SpoolUnavailable extends RuntimeException {
    public SpoolUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    /** Waits for a result of the spool. It throws the result's own exception. */
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
