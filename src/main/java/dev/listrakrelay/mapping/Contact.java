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

    /** Returns the event's identifiers, at most one of each type. If the event lacks its e-mail, a learned one counts. */
    List<Identifier> identifiers(ObjectNode tree, Event event) {
        Identity known = event.identity();
        ObjectNode own = event.type().equals(Event.GROUP) ? withoutTraits(tree) : tree;
        List<Identifier> found = new ArrayList<>(1);
        paths.forEach((type, pathsOfType) -> {
            Identifier identifier = find(type, pathsOfType, own);
            boolean isMissing = identifier == null && !pathsOfType.isEmpty();
            if (isMissing && type == IdentifierType.EMAIL && known.isLearned()) {
                identifier = new Identifier(type, known.email().orElseThrow(), LEARNED);
            }
            if (identifier != null) {
                found.add(identifier);
            }
        });
        return found;
    }

    /** Returns the reason why an event with these identifiers is dropped; empty if they are enough. */
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

    private static Identifier find(IdentifierType type, List<EventPath> paths, JsonNode event) {
        for (EventPath path : paths) {
            for (JsonNode value : path.values(event)) {
                String normalized = value.isTextual() ? type.normalize(value.textValue()) : null;
                if (normalized != null) {
                    return new Identifier(type, normalized, path.text());
                }
            }
        }
        return null;
    }
}
