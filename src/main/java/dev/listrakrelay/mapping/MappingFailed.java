package dev.listrakrelay.mapping;

/** Names an event that no mapping could read. It carries neither payload nor the parser's message, which quotes it. */
public final class MappingFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MappingFailed(String messageId) {
        super("event " + messageId + ": not readable, expected one JSON object");
    }
}
