package dev.listrakrelay.mapping;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the relay does with an event if the outcome of its request is unknown: Listrak may have accepted it. */
public enum UnknownOutcome {
    /** It sends the event again, perhaps for a second time. */
    RETRY,
    /** It makes the event a dead letter, so that a person decides. */
    HOLD;

    private static final Map<String, UnknownOutcome> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("retry", RETRY);
        WORDS.put("hold", HOLD);
    }

    static Optional<UnknownOutcome> read(YamlNode node) {
        return node.isPresent() ? node.oneOf("policy", WORDS) : Optional.empty();
    }
}
