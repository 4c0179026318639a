package dev.listrakrelay.alert;

import java.time.Duration;

/**
 * Limits how often alerts are told.
 *
 * @param resolveAfter how long a problem must be gone
 * @param reminder the time until a problem is told again
 * @param perMinute the most alerts a minute
 */
record AlertLimits(Duration resolveAfter, Duration reminder, int perMinute) {

    static AlertLimits of(AlertsConfig config) {
        return new AlertLimits(config.resolveAfter(), config.reminder(), config.perMinute());
    }
}
