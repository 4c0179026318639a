package dev.listrakrelay.kafka;

import dev.listrakrelay.settings.GivenName;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds what is missing to get into a Kafka cluster, before anything is started. */
public final class AccessCheck {

    private AccessCheck() {}

    /**
     * @param prefix under which its keys are
     * @param value what is configured under a key
     */
    public static List<String> mistakes(String prefix, Function<String, Optional<String>> value) {
        String password = prefix + ".password";
        boolean isMissing = value.apply(prefix + ".username").isPresent()
                && value.apply(password).isEmpty();
        return isMissing
                ? List.of(password + ": missing, expected the password of " + prefix + ".username; set "
                        + GivenName.variableOf(password))
                : List.of();
    }
}
