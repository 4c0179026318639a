package dev.listrakrelay.spool;

import dev.listrakrelay.log.Plural;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Logs dead letters and dropped events: for each reason one line at once, and one a minute while more follow. A line
 * has the reason, the number of events, and the id of the last one.
 */
final class LossLog {

    private static final Logger LOG = Logger.getLogger(LossLog.class);

    /** The log of all spools of this process. */
    static final LossLog OF_THIS_PROCESS =
            new LossLog(LOG::warn, CompletableFuture.delayedExecutor(1, TimeUnit.MINUTES));

    private static final int MOST_OF_AN_ID = 100;

    private final Consumer<String> log;
    private final Executor inAMinute;

    /** The events since the last line, by kind. */
    private final Map<String, Losses> unlogged = new HashMap<>();

    private record Losses(long events, Event last) {
        static final Losses NONE = new Losses(0, null);

        Losses plus(Losses more) {
            return more.events == 0 ? this : new Losses(events + more.events, more.last);
        }
    }

    /** @param inAMinute runs a task a minute later */
    LossLog(Consumer<String> log, Executor inAMinute) {
        this.log = log;
        this.inAMinute = inAMinute;
    }

    /** Logs or counts dead letters and dropped events. Call it when the outcomes are on disk. */
    void settled(Map<Event, Settlement> settlements) {
        Map<String, Losses> kinds = new HashMap<>();
        settlements.forEach((event, settlement) -> {
            if (settlement instanceof Settlement.Dead dead) {
                kinds.merge("dead letters, " + dead.reason(), new Losses(1, event), Losses::plus);
            } else if (settlement instanceof Settlement.Dropped dropped && !needsNoRule(event, dropped)) {
                kinds.merge("dropped, " + dropped.reason(), new Losses(1, event), Losses::plus);
            }
        });
        kinds.forEach(this::note);
    }

    /**
     * The relay learns the e-mail of an {@code identify} when it accepts the event. The event needs no rule for that.
     */
    private static boolean needsNoRule(Event event, Settlement.Dropped dropped) {
        return dropped.reason().equals("no_rule") && event.type().equals("identify");
    }

    private synchronized void note(String kind, Losses losses) {
        if (unlogged.putIfAbsent(kind, losses) == null) {
            logKind(kind);
        } else {
            unlogged.merge(kind, losses, Losses::plus);
        }
    }

    private synchronized void logKind(String kind) {
        Losses losses = unlogged.get(kind);
        if (losses.events() == 0) {
            unlogged.remove(kind);
            return;
        }
        log.accept(kind + ": " + Plural.of(losses.events(), "event") + ", the last one is " + id(losses.last()));
        unlogged.put(kind, Losses.NONE);
        inAMinute.execute(() -> logKind(kind));
    }

    /** Senders choose ids. An id that may be an address or breaks the line is not shown. */
    private static String id(Event event) {
        String id = event.messageId();
        boolean isPlain = id.length() <= MOST_OF_AN_ID && id.chars().allMatch(c -> c > ' ' && c < 127 && c != '@');
        return "messageId " + (isPlain ? id : "(not shown)") + ", seq " + event.seq();
    }
}
