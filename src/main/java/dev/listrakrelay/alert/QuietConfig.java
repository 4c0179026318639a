package dev.listrakrelay.alert;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.Map;

/** Names the events that must arrive regularly. Each name has letters, digits and hyphens. */
@ConfigMapping(prefix = "alerts.quiet")
public interface QuietConfig {

    @WithParentName
    Map<String, Expected> byName();

    /** An event, and how long it may stay away. */
    interface Expected {

        /** The event's name, such as Order Completed; the type of an event without a name, such as identify. */
        String event();

        /** The longest time between two of these events. */
        Duration longest();
    }
}
