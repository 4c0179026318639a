package dev.listrakrelay.listrak;

import dev.listrakrelay.mapping.CustomEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Finds what is wrong with the settings of one named account, beyond the kind of each value. */
public final class AccountCheck {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Map<String, String> NEEDED = new LinkedHashMap<>();

    static {
        NEEDED.put("client-id", "its integration's client id");
        NEEDED.put("client-secret", "its integration's client secret");
        NEEDED.put("company-id", "its company's number");
        NEEDED.put("event-uid", "the UUID of its custom event");
    }

    private AccountCheck() {}

    /**
     * Each as <em>where: what, expected, found</em>; a value that isn't of its kind is not told here.
     *
     * @param areCredentialsNeeded whether it may not go without
     * @param isTaken whether the name is a key of {@code listrak.*} already
     * @param values what is set for it, by the last part of its key
     */
    public static List<String> mistakes(
            String name, boolean areCredentialsNeeded, boolean isTaken, Function<String, Optional<String>> values) {
        String account = "listrak." + name;
        List<String> mistakes = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            mistakes.add(account + ": name, expected small letters, digits and single hyphens between them");
        }
        if (isTaken || name.equals(CustomEvent.DEFAULT_ACCOUNT)) {
            mistakes.add(account + ": name, expected one that means nothing else, such as eu");
        }
        if (areCredentialsNeeded) {
            NEEDED.forEach((key, what) -> {
                if (values.apply(key).isEmpty()) {
                    mistakes.add(account + "." + key + ": missing, expected " + what + "; set "
                            + variable(name, account + "." + key));
                }
            });
        }
        return mistakes;
    }

    /** An upper-case variable can't say where the name's hyphen was; one of the key's own name can. */
    private static String variable(String name, String key) {
        return name.contains("-") ? key : key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }
}
