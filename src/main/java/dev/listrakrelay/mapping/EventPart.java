package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes one of the Listrak events of an event that is split: by one rule, with one item.
 *
 * @param tree the event, with the item as its member {@code item} where its rule splits
 */
public record EventPart(Event event, Rule rule, ObjectNode tree) implements RawJson {

    /** More would be a request for memory rather than an order. */
    private static final int MOST = 100;

    /**
     * In the order of the rules, and in each of its items.
     *
     * @throws MappingFailed if there are more than 100
     */
    static List<EventPart> of(Event event, List<Rule> rules, ObjectNode tree) {
        List<EventPart> parts = new ArrayList<>();
        for (Rule rule : rules) {
            for (ObjectNode part : rule.parts(tree)) {
                parts.add(new EventPart(event, rule, part));
            }
        }
        if (parts.size() > MOST) {
            throw MappingFailed.tooManyParts(event.messageId(), parts.size(), MOST);
        }
        return parts;
    }

    MappingResult transform(FieldCheck check) {
        return rule.transform(event, tree, check);
    }

    @Override
    public byte[] raw() {
        return JsonTree.text(tree).getBytes(StandardCharsets.UTF_8);
    }

    /** Names it without telling what is in it. */
    @Override
    public String toString() {
        return "part of " + event;
    }
}
