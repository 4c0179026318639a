package dev.listrakrelay.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds mistakes in the {@code admin.*} settings. */
public final class AdminSettingsCheck {

    private AdminSettingsCheck() {}

    /**
     * Returns the mistakes, each as <em>where: what, expected, found</em>.
     *
     * @param value returns the configured value of a key
     */
    public static List<String> mistakes(Function<String, Optional<String>> value) {
        List<String> mistakes = new ArrayList<>();
        Optional<String> token = value.apply("admin.token");
        if (token.isPresent() && token.equals(value.apply("admin.read-token"))) {
            mistakes.add(
                    "admin.read-token (ADMIN_READ_TOKEN): expected another token than admin.token, found the same");
        }
        value.apply("admin.find-field")
                .filter(path -> !FindField.isPath(path))
                .ifPresent(path -> mistakes.add(
                        "admin.find-field (ADMIN_FIND_FIELD): expected field names separated by dots, such as"
                                + " properties.order_id, found " + path));
        return mistakes;
    }
}
