package dev.listrakrelay.alert;

import java.util.Locale;

/** What an alert tells about its problem. */
enum AlertState {
    /** It began. */
    RAISED,
    /** It persists. */
    REMINDER,
    /** It is over. */
    RESOLVED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
