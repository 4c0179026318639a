package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One part of a split event, which becomes one Listrak event: one rule, and one item if the rule splits.
 *
 * @param tree the event; if its rule splits, the field {@code item} has the item
 */
public record EventPart(Event event, Rule rule, ObjectNode tree) implements RawJson {

    /** No order has more items; an event with more would use too much memory. */
    private static final int MAX_PARTS = 100;

    /**
     * Splits an event, in the order of the rules, and of the items in each rule.
     *
     * @throws MappingFailed if there are more than 100 parts
     */
    static List<EventPart> of(Event event, List<Rule> rules, ObjectNode tree) {
        List<EventPart> parts = new ArrayList<>();
        for (Rule rule : rules) {
            for (ObjectNode part : rule.parts(tree)) {
                parts.add(new EventPart(event, rule, part));
            }
        }
        if (parts.size() > MAX_PARTS) {
            throw MappingFailed.tooManyParts(event.messageId(), parts.size(), MAX_PARTS);
        }
        return parts;
    }

    /** Builds the Listrak event; {@code check} receives its fields, unless the part is dropped. */
    public MappingResult transform(FieldCheck check) {
        return rule.transform(event, tree, check);
    }

    @Override
    public byte[] raw() {
        return JsonTree.text(tree).getBytes(StandardCharsets.UTF_8);
    }

    /** Names the event, without its payload. */
    @Override
    public String toString() {
        return "part of " + event;
    }
}
