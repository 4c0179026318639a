package dev.listrakrelay.admin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Finds the line of a path such as {@code events[2].when.type} in a YAML text. */
final class YamlLines {

    private static final String LINE = "line ";

    private final Map<String, Integer> lines = new HashMap<>();

    YamlLines(String yaml) {
        try {
            LoaderOptions options = new LoaderOptions();
            // an alias can refer to its own parent, which is endless; a mapping has no aliases
            options.setMaxAliasesForCollections(0);
            ParserImpl parser = new ParserImpl(new StreamReader(yaml), options);
            Node top = new Composer(parser, new Resolver(), options).getSingleNode();
            if (top != null) {
                add("", top);
            }
        } catch (YAMLException broken) {
            // the message of this mistake has the line
            lines.clear();
        }
    }

    private void add(String path, Node node) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                    String place = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
                    lines.put(place, line(key));
                    add(place, tuple.getValueNode());
                }
            }
        } else if (node instanceof SequenceNode list) {
            List<Node> items = list.getValue();
            for (int i = 0; i < items.size(); i++) {
                String place = path + "[" + i + "]";
                lines.put(place, line(items.get(i)));
                add(place, items.get(i));
            }
        }
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /**
     * Returns the line of a mistake. If the path of the mistake is missing in the text, it is the line of the nearest parent.
     *
     * @param mistake the message, as <em>path: what</em> or <em>line 3: what</em>
     */
    int of(String mistake) {
        int end = mistake.indexOf(": ");
        String place = end < 0 ? "" : mistake.substring(0, end);
        if (place.startsWith(LINE)) {
            return Integer.parseInt(place.substring(LINE.length()));
        }
        while (!place.isEmpty() && !lines.containsKey(place)) {
            place = place.substring(0, Math.max(0, Math.max(place.lastIndexOf('.'), place.lastIndexOf('['))));
        }
        return lines.getOrDefault(place, 1);
    }
}
