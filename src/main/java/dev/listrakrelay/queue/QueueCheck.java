package dev.listrakrelay.queue;

import dev.listrakrelay.kafka.AccessCheck;
import dev.listrakrelay.settings.ConfiguredName;
import dev.listrakrelay.settings.ReadableFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Checks the settings of the Kafka and AMQP sources before the start, if the sources are on. */
public final class QueueCheck {

    private QueueCheck() {}

    /** @param value the configured value of a key */
    public static List<String> mistakes(Function<String, Optional<String>> value) {
        List<String> mistakes = new ArrayList<>();
        if (isOn("source.kafka.enabled", value)) {
            require("source.kafka.brokers", "at least one broker as host:port", value, mistakes);
            require("source.kafka.topics", "at least one topic", value, mistakes);
            mistakes.addAll(AccessCheck.mistakes("source.kafka", value));
        }
        if (isOn("source.amqp.enabled", value)) {
            require("source.amqp.url", "a URL such as amqps://broker.example.com:5671", value, mistakes);
            require("source.amqp.queue", "the name of a queue", value, mistakes);
            value.apply("source.amqp.url")
                    .filter(url -> !url.matches("(?:failover:\\()?amqps?://.+"))
                    .ifPresent(
                            url -> mistakes.add(
                                    "source.amqp.url (SOURCE_AMQP_URL): expected a URL with amqp:// or amqps://, found another scheme"));
            new ReadableFile("source.amqp.ca-file").mistake(value).ifPresent(mistakes::add);
        }
        return mistakes;
    }

    private static boolean isOn(String key, Function<String, Optional<String>> value) {
        return value.apply(key).map(Boolean::parseBoolean).orElse(false);
    }

    private static void require(
            String key, String expected, Function<String, Optional<String>> value, List<String> mistakes) {
        if (value.apply(key).isEmpty()) {
            mistakes.add(key + ": missing, expected " + expected + "; set " + ConfiguredName.variableOf(key));
        }
    }
}
