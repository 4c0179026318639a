package dev.listrakrelay.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.mapping.FieldCheck;
import dev.listrakrelay.mapping.FieldType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Records, for each Listrak event in turn, which values could not be converted, and whether their fields were sent or
 * left out.
 */
final class LostFields implements FieldCheck {

    private final FieldCheck check;
    private final Map<String, String> reasons = new LinkedHashMap<>();
    private final Queue<List<String>> lostPerEvent = new ArrayDeque<>();

    LostFields(FieldCheck check) {
        this.check = check;
    }

    @Override
    public void notConverted(String field, FieldType type, JsonNode value) {
        reasons.put(field, "expected " + type.listrakName() + ", found " + value);
        check.notConverted(field, type, value);
    }

    @Override
    public void check(CustomEvent customEvent, ObjectNode fields) {
        List<String> lost = new ArrayList<>();
        reasons.forEach((field, reason) -> lost.add(
                field + ": " + (fields.has(field) ? "sent as " + fields.get(field) : "left out") + ", " + reason));
        reasons.clear();
        lostPerEvent.add(lost);
        check.check(customEvent, fields);
    }

    /** Returns and removes the lost fields of the next Listrak event. */
    List<String> next() {
        return lostPerEvent.remove();
    }
}
