package dev.listrakrelay.suggest;

import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Adds an entry to the text of a YAML file. Everything else stays as it is: comments, order, indents and ends of lines. */
final class YamlInsertion {

    private static final int INDENT = 2;

    private final String yaml;
    private final String[] lines;
    private final String lineEnd;

    private YamlInsertion(String yaml) {
        this.yaml = yaml;
        this.lines = yaml.split("\n", -1);
        this.lineEnd = yaml.contains("\r\n") ? "\r\n" : "\n";
    }

    /** Returns the text with the entry; empty if there is no place for it, or if its key is there already. */
    static Optional<String> add(String yaml, SuggestedLine line) {
        try {
            LoaderOptions options = new LoaderOptions();
            options.setMaxAliasesForCollections(0);
            ParserImpl parser = new ParserImpl(new StreamReader(yaml), options);
            Node top = new Composer(parser, new Resolver(), options).getSingleNode();
            return top == null ? Optional.empty() : new YamlInsertion(yaml).add(top, line);
        } catch (YAMLException broken) {
            return Optional.empty();
        }
    }

    private Optional<String> add(Node top, SuggestedLine line) {
        Node node = top;
        int depth = 0;
        while (depth < line.path().size() && child(node, line.path().get(depth)) != null) {
            node = child(node, line.path().get(depth++));
        }
        List<Object> missing = line.path().subList(depth, line.path().size());
        boolean isThere = missing.isEmpty() && child(node, line.key()) != null;
        if (!(node instanceof MappingNode map) || isThere || missing.stream().anyMatch(Integer.class::isInstance)) {
            return Optional.empty();
        }
        return Optional.of(
                map.getFlowStyle() == FlowStyle.FLOW ? inBraces(map, missing, line) : inLines(map, missing, line));
    }

    private static Node child(Node node, Object step) {
        if (node instanceof SequenceNode list && step instanceof Integer index) {
            return index < list.getValue().size() ? list.getValue().get(index) : null;
        }
        if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(step)) {
                    return entry.getValueNode();
                }
            }
        }
        return null;
    }

    private String inBraces(MappingNode map, List<Object> missing, SuggestedLine line) {
        List<NodeTuple> entries = map.getValue();
        int at = entries.isEmpty()
                ? offset(map.getStartMark()) + 1
                : offset(entries.get(entries.size() - 1).getValueNode().getEndMark());
        StringBuilder added = new StringBuilder(entries.isEmpty() ? "" : ", ");
        missing.forEach(key -> added.append(key).append(": {"));
        added.append(line.text()).append("}".repeat(missing.size()));
        return yaml.substring(0, at) + added + yaml.substring(at);
    }

    /** A mark counts an emoji as one character, Java as two. */
    private int offset(Mark mark) {
        return yaml.offsetByCodePoints(0, mark.getIndex());
    }

    private String inLines(MappingNode map, List<Object> missing, SuggestedLine line) {
        int column = map.getValue().get(0).getKeyNode().getStartMark().getColumn();
        int step = step(map, column);
        StringBuilder added = new StringBuilder();
        int indent = column;
        for (Object key : missing) {
            added.append(" ".repeat(indent)).append(key).append(':').append(lineEnd);
            indent += step;
        }
        added.append(" ".repeat(indent)).append(line.text()).append(lineEnd);
        int after = lastLine(map);
        int at = 0;
        for (int i = 0; i <= after; i++) {
            at += lines[i].length() + 1;
        }
        boolean isEndMissing = at > yaml.length();
        return isEndMissing ? yaml + lineEnd + added : yaml.substring(0, at) + added + yaml.substring(at);
    }

    /** The indent of one level, as the map itself has it. */
    private static int step(MappingNode map, int column) {
        for (NodeTuple entry : map.getValue()) {
            if (entry.getValueNode() instanceof MappingNode inner && inner.getFlowStyle() == FlowStyle.BLOCK) {
                return inner.getValue().get(0).getKeyNode().getStartMark().getColumn() - column;
            }
        }
        return INDENT;
    }

    /** The number of a node's last line, without the blank lines and comments behind it. */
    private int lastLine(Node node) {
        if (node instanceof CollectionNode<?> collection
                && collection.getFlowStyle() == FlowStyle.BLOCK
                && !collection.getValue().isEmpty()) {
            Object last = collection.getValue().get(collection.getValue().size() - 1);
            return last instanceof NodeTuple entry
                    ? Math.max(lastLine(entry.getKeyNode()), lastLine(entry.getValueNode()))
                    : lastLine((Node) last);
        }
        Mark end = node.getEndMark();
        boolean isBlock = node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED);
        int line = isBlock && end.getColumn() == 0 ? end.getLine() - 1 : end.getLine();
        while (isBlock && lines[line].isBlank()) {
            line--;
        }
        return line;
    }
}
