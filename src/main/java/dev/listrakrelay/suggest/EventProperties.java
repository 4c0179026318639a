package dev.listrakrelay.suggest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the properties of an event by names that are the same but for upper case and separators. It reads at most 300
 * properties, four objects deep, and no lists. It skips names that a path can't have, and names with an e-mail address.
 */
final class EventProperties {

    private static final int MOST = 300;
    private static final int DEEPEST = 4;
    private static final int LONGEST_NAME = 100;
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}'\\\\@]");

    private final Map<String, List<Property>> byKey = new HashMap<>();
    private final Set<String> paths = new HashSet<>();

    /** @param sources the objects with properties, each as the names that lead to it */
    EventProperties(JsonNode event, Set<List<String>> sources) {
        for (List<String> source : sources) {
            JsonNode object = event;
            for (String name : source) {
                object = object.path(name);
            }
            addMembers(object, source, List.of());
        }
    }

    private void addMembers(JsonNode object, List<String> source, List<String> above) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (paths.size() >= MOST) {
                return;
            }
            if (isFit(member.getKey()) && !member.getValue().isNull()) {
                List<String> names = new ArrayList<>(above);
                names.add(member.getKey());
                add(new Property(source, List.copyOf(names), member.getValue()));
                if (names.size() < DEEPEST && member.getValue().isObject()) {
                    addMembers(member.getValue(), source, names);
                }
            }
        }
    }

    static boolean isFit(String name) {
        return name.length() <= LONGEST_NAME && !UNFIT.matcher(name).find();
    }

    private void add(Property property) {
        if (property.isNested() && property.value().isContainerNode() || !paths.add(property.path())) {
            return;
        }
        Set<String> keys = new LinkedHashSet<>();
        keys.add(Property.key(String.join("", property.names())));
        keys.add(Property.key(property.names().get(property.names().size() - 1)));
        keys.remove("");
        keys.forEach(
                key -> byKey.computeIfAbsent(key, first -> new ArrayList<>(1)).add(property));
    }

    /** Returns the properties whose names are like that of a field. */
    List<Property> like(String field) {
        return byKey.getOrDefault(Property.key(field), List.of());
    }
}
