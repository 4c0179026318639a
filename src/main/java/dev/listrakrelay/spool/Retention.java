package dev.listrakrelay.spool;

import java.time.Duration;

/** How long a spool keeps what it no longer needs for delivery. */
public record Retention(Duration deadLetters) {

    static Retention of(SpoolConfig config) {
        return new Retention(config.deadLetterRetention());
    }
}
