package dev.listrakrelay.suggest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.listrakrelay.mapping.FieldType;

/** Counts values, and how many of them are not written as the type of their field. */
final class ValueCount {

    private final FieldType type;
    private int all;
    private int converted;
    private int unfit;

    /** @param type the field's type in Listrak; null if it is unknown */
    ValueCount(FieldType type) {
        this.type = type;
    }

    void add(JsonNode value) {
        all++;
        if (type == null || type == FieldType.STRING || type.isWritten(value)) {
            return;
        }
        if (type.accepts(value)) {
            converted++;
        } else {
            unfit++;
        }
    }

    int all() {
        return all;
    }

    /** The number of values that a conversion would write as the type, such as the text {@code 12.50} for a Double. */
    int converted() {
        return converted;
    }

    /** The number of values that can't be converted. */
    int unfit() {
        return unfit;
    }
}
