package dev.listrakrelay.queue;

import dev.listrakrelay.kafka.AccessCheck;
import dev.listrakrelay.settings.GivenName;
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
            need("source.kafka.brokers", "host:port of one broker or more", value, mistakes);
            need("source.kafka.topics", "one topic or more", value, mistakes);
            mistakes.addAll(AccessCheck.mistakes("source.kafka", value));
        }
        if (isOn("source.amqp.enabled", value)) {
            need("source.amqp.url", "a URL such as amqps://broker.example.com:5671", value, mistakes);
            need("source.amqp.queue", "the name of a queue", value, mistakes);
            value.apply("source.amqp.url")
                    .filter(url -> !url.matches("(?:failover:\\()?amqps?://.+"))
                    .ifPresent(url -> mistakes.add(
                            "source.amqp.url (SOURCE_AMQP_URL): expected amqp:// or amqps://, found another"));
            new ReadableFile("source.amqp.ca-file").mistake(value).ifPresent(mistakes::add);
        }
        return mistakes;
    }

    private static boolean isOn(String key, Function<String, Optional<String>> value) {
        return value.apply(key).map(Boolean::parseBoolean).orElse(false);
    }

    private static void need(String key, String what, Function<String, Optional<String>> value, List<String> mistakes) {
        if (value.apply(key).isEmpty()) {
            mistakes.add(key + ": missing, expected " + what + "; set " + GivenName.variableOf(key));
        }
    }
}
