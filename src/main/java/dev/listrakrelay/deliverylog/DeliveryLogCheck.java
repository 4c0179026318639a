package dev.listrakrelay.deliverylog;

import dev.listrakrelay.kafka.AccessCheck;
import dev.listrakrelay.settings.ConfiguredName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Checks the settings of the delivery log before the start, if the log is on. */
public final class DeliveryLogCheck {

    private static final String TO = "delivery-log.to";
    private static final String DIR = "delivery-log.dir";
    private static final String KAFKA = "kafka";

    private DeliveryLogCheck() {}

    /** @param value the configured value of a key */
    public static List<String> mistakes(Function<String, Optional<String>> value) {
        if (!value.apply("delivery-log.enabled").map(Boolean::parseBoolean).orElse(false)) {
            return List.of();
        }
        String to = value.apply(TO).orElse("file").toLowerCase(Locale.ROOT);
        if (value.apply("spool.engine").filter(KAFKA::equalsIgnoreCase).isPresent()) {
            return to.equals(KAFKA)
                    ? List.of()
                    : List.of(ConfiguredName.withVariable(TO, ConfiguredName.variableOf(TO))
                            + ": expected kafka, because spool.engine is kafka, found " + to);
        }
        List<String> mistakes = new ArrayList<>();
        switch (to) {
            case "http" -> require("delivery-log.url", "the address to post records to", value, mistakes);
            case KAFKA -> {
                require("delivery-log.kafka.brokers", "at least one broker as host:port", value, mistakes);
                mistakes.addAll(AccessCheck.mistakes("delivery-log.kafka", value));
            }
            default -> folder(value).ifPresent(mistakes::add);
        }
        return mistakes;
    }

    private static Optional<String> folder(Function<String, Optional<String>> value) {
        Optional<Path> dir = value.apply(DIR).map(Path::of);
        if (dir.isEmpty()) {
            return Optional.of(DIR + ": missing, expected the folder to write files to; set DELIVERY_LOG_DIR");
        }
        return dir.filter(folder -> !Files.isDirectory(folder) || !Files.isWritable(folder))
                .map(folder ->
                        DIR + " (DELIVERY_LOG_DIR): expected a writable folder, found " + folder.toAbsolutePath());
    }

    private static void require(
            String key, String expected, Function<String, Optional<String>> value, List<String> mistakes) {
        if (value.apply(key).isEmpty()) {
            mistakes.add(key + ": missing, expected " + expected + "; set " + ConfiguredName.variableOf(key));
        }
    }
}
