package dev.listrakrelay.mapping;

/**
 * Reports an event that can't be mapped. The message has neither the payload nor the parser's message, which quotes
 * it.
 */
public final class MappingFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private MappingFailed(String messageId, String problem) {
        super("event " + messageId + ": " + problem);
    }

    static MappingFailed unreadable(String messageId) {
        return new MappingFailed(messageId, "not readable, expected one JSON object");
    }

    static MappingFailed tooManyParts(String messageId, int parts, int max) {
        return new MappingFailed(messageId, "split into " + parts + " parts, expected at most " + max);
    }
}
