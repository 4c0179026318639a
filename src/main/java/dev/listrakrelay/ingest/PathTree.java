package dev.listrakrelay.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields that {@link EventReader} looks at, as a tree of names: {@code context} → {@code traits} → {@code email}.
 */
final class PathTree {

    private final Map<String, PathTree> children = new HashMap<>();
    private int rank = -1;
    private boolean isTrait;

    /** @param paths each a list of field names from the event's root; the first path has priority */
    static PathTree of(List<List<String>> paths) {
        PathTree root = new PathTree();
        for (int rank = 0; rank < paths.size(); rank++) {
            PathTree node = root;
            for (String name : paths.get(rank)) {
                node = node.children.computeIfAbsent(name, n -> new PathTree());
            }
            node.rank = rank;
            node.isTrait = paths.get(rank).get(0).equals("traits");
        }
        return root;
    }

    /** Returns the tree below a field; null if no path leads there. */
    PathTree below(String name) {
        return children.get(name);
    }

    /** Whether the path that ends here leads through the event's {@code traits}. */
    boolean isTrait() {
        return isTrait;
    }

    /** The index of the path that ends here, from 0; -1 if no path ends here. */
    int rank() {
        return rank;
    }
}
