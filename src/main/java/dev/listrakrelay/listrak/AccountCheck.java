package dev.listrakrelay.listrak;

import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.settings.GivenName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Checks the settings of one named account, except for the type of each value. */
public final class AccountCheck {

    private static final Map<String, String> NEEDED = new LinkedHashMap<>();

    static {
        NEEDED.put("client-id", "its integration's client id");
        NEEDED.put("client-secret", "its integration's client secret");
        NEEDED.put("company-id", "its company's number");
        NEEDED.put("event-uid", "the UUID of its custom event");
    }

    private AccountCheck() {}

    /**
     * Returns the mistakes, each as <em>where: what, expected, found</em>. Values of a wrong type are checked elsewhere.
     *
     * @param areCredentialsNeeded whether it may not go without
     * @param isTaken whether the name is a key of {@code listrak.*} already
     * @param values what is set for it, by the last part of its key
     */
    public static List<String> mistakes(
            String name, boolean areCredentialsNeeded, boolean isTaken, Function<String, Optional<String>> values) {
        GivenName account = new GivenName("listrak", name);
        List<String> mistakes = new ArrayList<>();
        account.mistake().ifPresent(mistakes::add);
        if (isTaken || name.equals(CustomEvent.DEFAULT_ACCOUNT)) {
            mistakes.add(account + ": name, expected one that means nothing else, such as eu");
        }
        if (areCredentialsNeeded) {
            NEEDED.forEach((key, what) -> {
                if (values.apply(key).isEmpty()) {
                    mistakes.add(
                            account + "." + key + ": missing, expected " + what + "; set " + account.variable(key));
                }
            });
        }
        return mistakes;
    }
}
