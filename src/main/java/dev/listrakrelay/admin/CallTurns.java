package dev.listrakrelay.admin;

import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Semaphore;

/** Limits how many calls run at a time, because each of them reads much. Refuses the others with 429. */
final class CallTurns {

    private final Semaphore free;
    private final String refusal;

    /**
     * @param atATime the most calls at a time, 1 or more
     * @param refusal what a refused caller reads
     */
    CallTurns(int atATime, String refusal) {
        this.free = new Semaphore(atATime);
        this.refusal = refusal;
    }

    /** @throws AdminRefusal with 429 if too many calls are running */
    void run(RoutingContext http, Runnable call) {
        if (!free.tryAcquire()) {
            http.response().putHeader("Retry-After", "1");
            throw new AdminRefusal(429, refusal);
        }
        try {
            call.run();
        } finally {
            free.release();
        }
    }
}
