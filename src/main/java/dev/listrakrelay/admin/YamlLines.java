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
                    String inner = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
                    lines.put(inner, line(key));
                    add(inner, tuple.getValueNode());
                }
            }
        } else if (node instanceof SequenceNode list) {
            List<Node> items = list.getValue();
            for (int i = 0; i < items.size(); i++) {
                String inner = path + "[" + i + "]";
                lines.put(inner, line(items.get(i)));
                add(inner, items.get(i));
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
        String path = end < 0 ? "" : mistake.substring(0, end);
        if (path.startsWith(LINE)) {
            return Integer.parseInt(path.substring(LINE.length()));
        }
        while (!path.isEmpty() && !lines.containsKey(path)) {
            path = path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
        }
        return lines.getOrDefault(path, 1);
    }
}
