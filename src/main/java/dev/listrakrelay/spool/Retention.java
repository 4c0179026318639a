package dev.listrakrelay.spool;

import java.time.Duration;

/**
 * How long a spool keeps what it no longer needs for delivery.
 *
 * @param history of settled events; zero keeps none
 * @param historyEvents and at most about so many events of them, whatever their age
 */
public record Retention(Duration deadLetters, Duration history, int historyEvents) {

    static Retention of(SpoolConfig config) {
        return new Retention(config.deadLetterRetention(), config.history(), config.historyEvents());
    }

    public boolean keepsHistory() {
        return history.toMillis() > 0 && historyEvents > 0;
    }
}
