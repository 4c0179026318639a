package dev.listrakrelay.mapping;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;

/** One row of the mapping file: the events it takes and the name they get at Listrak. */
public final class Rule {
    private final int index;
    private final When when;
    private final SerializedString eventName;

    Rule(int index, When when, String eventName) {
        this.index = index;
        this.when = when;
        this.eventName = new SerializedString(WellFormed.text(eventName));
    }

    /** Its place in the file, from 0: the lower of two that match wins. */
    public int index() {
        return index;
    }

    public When when() {
        return when;
    }

    public String eventName() {
        return eventName.getValue();
    }

    /** The name with its JSON bytes kept, so they are made once and not per event. */
    SerializableString eventNameAsJson() {
        return eventName;
    }

    @Override
    public String toString() {
        return "events[" + index + "] → " + eventName.getValue();
    }
}
