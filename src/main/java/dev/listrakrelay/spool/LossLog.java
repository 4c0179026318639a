package dev.listrakrelay.spool;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Tells of dead letters and dropped events: of each kind a line at once, and one a minute while more come. A line has the
 * reason, how many they are, and the id of one of them.
 */
final class LossLog {

    private static final Logger LOG = Logger.getLogger(LossLog.class);

    /** All of this process. */
    static final LossLog TOLD = new LossLog(LOG::warn, CompletableFuture.delayedExecutor(1, TimeUnit.MINUTES));

    private static final int MOST_OF_AN_ID = 100;

    private final Consumer<String> log;
    private final Executor inAMinute;

    /** What came of each kind since its last line. */
    private final Map<String, Some> untold = new HashMap<>();

    private record Some(long events, Event last) {
        static final Some NONE = new Some(0, null);

        Some and(Some more) {
            return more.events == 0 ? this : new Some(events + more.events, more.last);
        }
    }

    /** @param inAMinute does what it is given a minute later */
    LossLog(Consumer<String> log, Executor inAMinute) {
        this.log = log;
        this.inAMinute = inAMinute;
    }

    /** Looks at what became of events, once that is on disk. */
    void settled(Map<Event, Settlement> settlements) {
        Map<String, Some> kinds = new HashMap<>();
        settlements.forEach((event, settlement) -> {
            if (settlement instanceof Settlement.Dead dead) {
                kinds.merge("dead letters, " + dead.reason(), new Some(1, event), Some::and);
            } else if (settlement instanceof Settlement.Dropped dropped) {
                kinds.merge("dropped, " + dropped.reason(), new Some(1, event), Some::and);
            }
        });
        kinds.forEach(this::note);
    }

    private synchronized void note(String kind, Some some) {
        if (untold.putIfAbsent(kind, some) == null) {
            tell(kind);
        } else {
            untold.merge(kind, some, Some::and);
        }
    }

    private synchronized void tell(String kind) {
        Some some = untold.get(kind);
        if (some.events() == 0) {
            untold.remove(kind);
            return;
        }
        log.accept(kind + ": " + some.events() + (some.events() == 1 ? " event" : " events") + ", the last one is "
                + id(some.last()));
        untold.put(kind, Some.NONE);
        inAMinute.execute(() -> tell(kind));
    }

    /** Callers give ids: one that may be an address, or break the line, is left out. */
    private static String id(Event event) {
        String id = event.messageId();
        boolean isPlain = id.length() <= MOST_OF_AN_ID && id.chars().allMatch(c -> c > ' ' && c < 127 && c != '@');
        return "messageId " + (isPlain ? id : "(not shown)") + ", seq " + event.seq();
    }
}
