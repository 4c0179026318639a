package dev.listrakrelay.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;

/** The shapes of JSON that may be posted besides ours, each under a name of its own: letters, digits and hyphens. */
@ConfigMapping(prefix = "source.rest.shapes")
public interface ShapesConfig {

    @WithParentName
    Map<String, Settings> byName();

    /** Where an event's members stand in a body, each as a JSONPath; {@link ShapesCheck} says what else each may be. */
    interface Settings {

        /** The list that holds an event's item each; without it a body is one event. */
        Optional<String> events();

        /** What kind of event it is: a path or one of the six types. */
        @WithDefault("track")
        String type();

        /** The name of what happened: a path or the name itself. */
        Optional<String> event();

        Optional<String> userId();

        Optional<String> anonymousId();

        Optional<String> messageId();

        Optional<String> timestamp();

        Optional<String> email();

        /** The object whose members become properties; without it the item or, where there is no list, the body. */
        Optional<String> properties();
    }
}
