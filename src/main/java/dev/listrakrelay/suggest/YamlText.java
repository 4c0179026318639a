package dev.listrakrelay.suggest;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Writes texts as YAML. */
final class YamlText {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_$](?:[\\p{L}\\p{N}_$. -]*[\\p{L}\\p{N}_])?");

    private YamlText() {}

    /** Writes a text on one line, in quotes only if it needs them. */
    static String scalar(String text) {
        boolean isText = new Resolver().resolve(NodeId.scalar, text, true).equals(Tag.STR);
        return isText && PLAIN.matcher(text).matches()
                ? text
                : TextNode.valueOf(text).toString();
    }

    /** Writes texts as a list on one line. */
    static String list(List<String> texts) {
        return texts.stream().map(YamlText::scalar).collect(Collectors.joining(", ", "[", "]"));
    }
}
