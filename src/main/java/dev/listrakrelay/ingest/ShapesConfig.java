package dev.listrakrelay.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;

/**
 * Configures the JSON shapes that senders can post besides the relay's own. Each shape's name has letters, digits and
 * hyphens.
 */
@ConfigMapping(prefix = "source.rest.shapes")
public interface ShapesConfig {

    @WithParentName
    Map<String, Settings> byName();

    /**
     * Maps a body to events: a JSONPath for each of an event's fields. {@link ShapesCheck} shows which fields also
     * accept a constant.
     */
    interface Settings {

        /** Path of the list with an item for each event; if unset, a body is one event. */
        Optional<String> events();

        /** The event's type: a path or one of the six types. */
        @WithDefault("track")
        String type();

        /** The event's name: a path or the name itself. */
        Optional<String> event();

        Optional<String> userId();

        Optional<String> anonymousId();

        Optional<String> messageId();

        Optional<String> timestamp();

        Optional<String> email();

        /** Path of the object that becomes the properties; if unset, the list's item or, without a list, the body. */
        Optional<String> properties();
    }
}
