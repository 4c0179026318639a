package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the contact's e-mail address in an event. Listrak takes it raw, trimmed and lower-cased (Datafly Signal's
 * Listrak page).
 *
 * @param paths where to look, in this order; the first that holds an address wins
 */
record ContactEmail(List<EventPath> paths) {

    ContactEmail {
        paths = List.copyOf(paths);
    }

    List<List<String>> members() {
        return paths.stream()
                .flatMap(path -> path instanceof MemberPath direct ? Stream.of(direct.members()) : Stream.empty())
                .toList();
    }

    Optional<String> in(JsonNode event) {
        for (EventPath path : paths) {
            for (String text : path.texts(event)) {
                String trimmed = text.strip();
                if (isAddress(trimmed)) {
                    return Optional.of(trimmed.toLowerCase(Locale.ROOT));
                }
            }
        }
        return Optional.empty();
    }

    /** Enough to tell an address from a blank or a name; whether it can be reached, Listrak says. */
    private static boolean isAddress(String text) {
        return text.indexOf('@') > 0 && text.lastIndexOf('@') < text.length() - 1;
    }
}
