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

/** Opens a spool whose engine may be away, however long that takes; one that is refused is not tried again. */
final class SpoolOpening implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SpoolOpening.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration LAST_TRY = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<Spool> open;
    private final CompletableFuture<Spool> opened = new CompletableFuture<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile SpoolUnavailable away;
    private final LogRateLimiter lines = LogRateLimiter.onceUntilEnded();

    /** @param open answers the spool, or fails with {@link SpoolUnavailable} */
    SpoolOpening(String name, Supplier<Spool> open) {
        this.name = name;
        this.open = open;
        this.away = new SpoolUnavailable("spool: being opened", null);
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
            away = e;
            opened.completeExceptionally(e);
        } catch (SpoolUnavailable e) {
            isAway(e);
        } catch (RuntimeException e) {
            isAway(new SpoolUnavailable("spool: not opened, " + e, e));
        }
    }

    private void isAway(SpoolUnavailable why) {
        away = why;
        if (lines.isDue(name)) {
            LOG.warnf("%s: nothing is taken until the spool can be opened, %s", name, why.getMessage());
        }
    }

    /** Why it isn't open, as far as was seen last. */
    SpoolUnavailable away() {
        return new SpoolUnavailable(away.getMessage(), away);
    }

    /** The spool; empty while it isn't open. */
    Optional<Spool> now() {
        return opened.isDone() && !opened.isCompletedExceptionally() ? Optional.of(opened.join()) : Optional.empty();
    }

    /**
     * Waits for it to be open; answers whether it is.
     *
     * @throws SpoolRefused if it never will be
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

    /** Hands it over once it is open: now if it is. */
    void then(Consumer<Spool> use) {
        opened.thenAccept(use).exceptionally(failure -> {
            if (now().isPresent()) {
                LOG.errorf(failure, "%s: what waited for the spool failed", name);
            }
            return null;
        });
    }

    /** Tells if it is refused, now or later. */
    void onRefused(Consumer<SpoolRefused> tell) {
        opened.whenComplete((spool, failure) -> {
            if (failure instanceof SpoolRefused refused) {
                tell.accept(refused);
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
