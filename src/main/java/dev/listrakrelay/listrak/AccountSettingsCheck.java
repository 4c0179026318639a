package dev.listrakrelay.listrak;

import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.settings.ConfiguredName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Checks the settings of one named account, except for the type of each value. */
public final class AccountSettingsCheck {

    private static final Map<String, String> REQUIRED = new LinkedHashMap<>();

    static {
        REQUIRED.put("client-id", "the client id of its integration");
        REQUIRED.put("client-secret", "the client secret of its integration");
        REQUIRED.put("company-id", "the number of its company");
        REQUIRED.put("event-uid", "the UUID of its custom event");
    }

    private AccountSettingsCheck() {}

    /**
     * Returns the mistakes in the settings, each as <em>where: what, expected, found</em>. Values of a wrong type are checked elsewhere.
     *
     * @param areCredentialsRequired whether the account must have its own credentials
     * @param isKey whether the name is the last part of another key of {@code listrak.*}
     * @param values returns a configured value by the last part of its key
     */
    public static List<String> mistakes(
            String name, boolean areCredentialsRequired, boolean isKey, Function<String, Optional<String>> values) {
        ConfiguredName account = new ConfiguredName("listrak", name);
        List<String> mistakes = new ArrayList<>();
        account.mistake().ifPresent(mistakes::add);
        if (isKey || name.equals(CustomEvent.DEFAULT_ACCOUNT)) {
            mistakes.add(account + ": name in use, expected a name that is not a setting, such as eu");
        }
        if (areCredentialsRequired) {
            REQUIRED.forEach((key, what) -> {
                if (values.apply(key).isEmpty()) {
                    mistakes.add(
                            account + "." + key + ": missing, expected " + what + "; set " + account.variable(key));
                }
            });
        }
        return mistakes;
    }
}
