package dev.listrakrelay.suggest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A hint how the mapping and a custom event of Listrak would fit better.
 *
 * @param customEvent the custom event's name for operators
 * @param rule the location of the rule; empty if the hint is about all rules of the custom event
 * @param field the field's name in Listrak, or the property that is discarded
 * @param properties the paths of the properties that match the field; several if none was chosen
 * @param count the number of Listrak events that it is about
 * @param of the number of Listrak events that were looked at
 * @param line the line that the mapping could get; empty if you have to decide
 */
public record Suggestion(
        SuggestionKind kind,
        String customEvent,
        Optional<String> rule,
        String field,
        List<String> properties,
        int count,
        int of,
        Optional<SuggestedLine> line,
        String message) {

    /** What is suggested. */
    public enum SuggestionKind {
        /** To fill a field from a property whose name differs by case, separators or depth. */
        RENAME,
        /** To write values as the field's type. */
        CONVERT,
        /** To look at a field that no event fills. */
        NEVER_FILLED,
        /** To look at a property that Listrak never keeps. */
        ALWAYS_DISCARDED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
