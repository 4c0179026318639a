package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the identifiers of an event's contact.
 *
 * @param paths the paths of each identifier; the first path with a valid value wins
 * @param required the identifiers that an event must have; if empty, any one is enough
 */
record Contact(Map<IdentifierType, List<EventPath>> paths, Set<IdentifierType> required) {

    /** Replaces the path of an e-mail that an earlier event had. */
    private static final String LEARNED = "learned from an earlier event";

    private static final String TRAITS = "traits";

    Contact {
        paths = new EnumMap<>(paths);
        required = Set.copyOf(required);
    }

    /** The e-mail paths, each a list of field names from the event's root; queries are left out. */
    List<List<String>> emailMembers() {
        return paths.getOrDefault(IdentifierType.EMAIL, List.of()).stream()
                .filter(MemberPath.class::isInstance)
                .map(path -> ((MemberPath) path).members())
                .toList();
    }

    /** At most one of each type. What an earlier event told counts where the event itself holds no e-mail, and should. */
    List<Identifier> in(ObjectNode tree, Event event) {
        Identity known = event.identity();
        ObjectNode own = event.type().equals(Event.GROUP) ? withoutTraits(tree) : tree;
        List<Identifier> found = new ArrayList<>(1);
        paths.forEach((type, places) -> {
            Identifier identifier = find(type, places, own);
            boolean isMissing = identifier == null && !places.isEmpty();
            if (isMissing && type == IdentifierType.EMAIL && known.isLearned()) {
                identifier = new Identifier(type, known.email().orElseThrow(), LEARNED);
            }
            if (identifier != null) {
                found.add(identifier);
            }
        });
        return found;
    }

    /** Why an event with no more than these is dropped; empty if it isn't. */
    Optional<Dropped> missing(List<Identifier> found) {
        for (IdentifierType type : required) {
            if (found.stream().noneMatch(identifier -> identifier.type() == type)) {
                return Optional.of(new Dropped("no_" + type.key()));
            }
        }
        return found.isEmpty() ? Optional.of(new Dropped(Dropped.NO_IDENTIFIER)) : Optional.empty();
    }

    /** The traits of a group event describe its company. */
    private static ObjectNode withoutTraits(ObjectNode group) {
        ObjectNode own = group.objectNode();
        own.setAll(group);
        own.remove(TRAITS);
        return own;
    }

    private static Identifier find(IdentifierType type, List<EventPath> places, JsonNode event) {
        for (EventPath path : places) {
            for (JsonNode value : path.values(event)) {
                String normal = value.isTextual() ? type.normal(value.textValue()) : null;
                if (normal != null) {
                    return new Identifier(type, normal, path.text());
                }
            }
        }
        return null;
    }
}
