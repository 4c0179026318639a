package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A field that a rule names, so the console and the schema check know it before the first event.
 *
 * @param isSent whether the rule always sends it; false if the rule only converts it, if an event has it
 * @param as the type that its value is converted to; null: not converted
 * @param constant its value, if it is always the same; else null
 */
public record DeclaredField(String name, boolean isSent, FieldType as, JsonNode constant) {

    /** Whether its value fits a field of this type in Listrak. */
    public boolean fits(FieldType type) {
        if (constant != null) {
            return type.accepts(constant);
        }
        return as == null || as == type || type == FieldType.STRING || as == FieldType.INT && type == FieldType.DOUBLE;
    }
}
