package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A field that a rule names itself, so that it is known before any event comes.
 *
 * @param isSent whether it is set or renamed; else only its type is known, should it come
 * @param as what it is converted to; null: nothing
 * @param constant its value, where that is always the same; else null
 */
public record DeclaredField(String name, boolean isSent, FieldType as, JsonNode constant) {

    /** Whether a field of that type takes it. */
    public boolean fits(FieldType type) {
        if (constant != null) {
            return type.takes(constant);
        }
        return as == null || as == type || type == FieldType.STRING || as == FieldType.INT && type == FieldType.DOUBLE;
    }
}
