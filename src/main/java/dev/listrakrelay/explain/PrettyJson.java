package dev.listrakrelay.explain;

/** Formats compact JSON with lines and indents, without changing a digit or a text. */
public final class PrettyJson {

    private static final String INDENT = "  ";

    private PrettyJson() {}

    /** @param compact JSON without spaces between its tokens; any other text is copied */
    public static String of(String compact) {
        StringBuilder pretty = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < compact.length(); i++) {
            char c = compact.charAt(i);
            char next = i + 1 < compact.length() ? compact.charAt(i + 1) : ' ';
            if (c == '"') {
                int end = endOfText(compact, i);
                pretty.append(compact, i, end);
                i = end - 1;
            } else if ((c == '{' || c == '[') && (next == '}' || next == ']')) {
                pretty.append(c).append(next);
                i++;
            } else if (c == '{' || c == '[') {
                pretty.append(c).append('\n').append(INDENT.repeat(++depth));
            } else if (c == '}' || c == ']') {
                depth = Math.max(0, depth - 1);
                pretty.append('\n').append(INDENT.repeat(depth)).append(c);
            } else if (c == ',') {
                pretty.append(c).append('\n').append(INDENT.repeat(depth));
            } else {
                pretty.append(c).append(c == ':' ? " " : "");
            }
        }
        return pretty.toString();
    }

    private static int endOfText(String json, int quote) {
        int end = quote + 1;
        while (end < json.length() && json.charAt(end) != '"') {
            end += json.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end + 1, json.length());
    }
}
