package dev.listrakrelay.kafka;

import dev.listrakrelay.settings.ConfiguredName;
import dev.listrakrelay.settings.ReadableFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Checks the login and certificate settings of a Kafka cluster before the start. */
public final class AccessCheck {

    private AccessCheck() {}

    /**
     * Returns the mistakes in the settings, each as <em>where: what, expected, found</em>.
     *
     * @param prefix the prefix of the keys, such as {@code source.kafka}
     * @param value the configured value of a key
     */
    public static List<String> mistakes(String prefix, Function<String, Optional<String>> value) {
        List<String> mistakes = new ArrayList<>();
        String password = prefix + ".password";
        if (value.apply(prefix + ".username").isPresent()
                && value.apply(password).isEmpty()) {
            mistakes.add(password + ": missing, expected the password of " + prefix + ".username; set "
                    + ConfiguredName.variableOf(password));
        }
        for (String file : List.of(".ca-file", ".certificate-file")) {
            new ReadableFile(prefix + file).mistake(value).ifPresent(mistakes::add);
        }
        return mistakes;
    }
}
