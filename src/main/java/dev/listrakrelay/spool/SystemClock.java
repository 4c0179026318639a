package dev.listrakrelay.spool;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Tells the time to everything that asks for a {@link Clock}; tests put theirs in its place. */
class SystemClock {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
