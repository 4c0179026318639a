package dev.listrakrelay.spool;

import dev.listrakrelay.log.LogRateLimiter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Opens a spool, and tries again until its engine can be reached. It ends if the engine refuses for good. */
final class SpoolOpening implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SpoolOpening.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration LAST_TRY = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<Spool> open;
    private final CompletableFuture<Spool> opened = new CompletableFuture<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile SpoolUnavailable unavailable;
    private final LogRateLimiter lines = LogRateLimiter.onceUntilEnded();

    /** @param open returns the spool, or fails with {@link SpoolUnavailable} */
    SpoolOpening(String name, Supplier<Spool> open) {
        this.name = name;
        this.open = open;
        this.unavailable = new SpoolUnavailable("spool: not open yet", null);
        this.thread = new Thread(this::run, name + "-opening");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            do {
                tryOnce();
            } while (!opened.isDone() && !stop.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryOnce() {
        try {
            Spool spool = open.get();
            if (lines.end(name)) {
                LOG.infof("%s: the spool is open", name);
            }
            if (!opened.complete(spool)) {
                spool.close();
            }
        } catch (SpoolRefused e) {
            unavailable = e;
            opened.completeExceptionally(e);
        } catch (SpoolUnavailable e) {
            note(e);
        } catch (RuntimeException e) {
            note(new SpoolUnavailable("spool: can't open it, " + e, e));
        }
    }

    private void note(SpoolUnavailable why) {
        unavailable = why;
        if (lines.isDue(name)) {
            LOG.warnf("%s: no events are accepted until the spool can be opened, %s", name, why.getMessage());
        }
    }

    /** Returns the failure of the last try. */
    SpoolUnavailable unavailable() {
        return new SpoolUnavailable(unavailable.getMessage(), unavailable);
    }

    /** Returns the spool; empty while it isn't open. */
    Optional<Spool> now() {
        return opened.isDone() && !opened.isCompletedExceptionally() ? Optional.of(opened.join()) : Optional.empty();
    }

    /**
     * Waits until the spool is open. Returns whether it is.
     *
     * @throws SpoolRefused if it will never be open
     */
    boolean await(Duration patience) throws InterruptedException {
        try {
            opened.copy()
                    .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            return now().isPresent();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SpoolRefused refused) {
                throw refused;
            }
            return false;
        }
    }

    /** Passes the spool on once it is open. */
    void then(Consumer<Spool> use) {
        opened.thenAccept(use).exceptionally(failure -> {
            if (now().isPresent()) {
                LOG.errorf(failure, "%s: a task that waited for the spool failed", name);
            }
            return null;
        });
    }

    /** Calls a listener if the engine refuses for good, now or later. */
    void onRefused(Consumer<SpoolRefused> listener) {
        opened.whenComplete((spool, failure) -> {
            if (failure instanceof SpoolRefused refused) {
                listener.accept(refused);
            }
        });
    }

    @Override
    public void close() {
        stop.countDown();
        opened.cancel(false);
        now().ifPresent(Spool::close);
        try {
            thread.join(LAST_TRY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
