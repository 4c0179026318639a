package dev.listrakrelay.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The members to look at while an event is read, as a tree of names: {@code context} → {@code traits} → {@code email}. */
final class PathTree {

    private final Map<String, PathTree> children = new HashMap<>();
    private int rank = -1;
    private boolean isTrait;

    /** @param paths each a list of member names from the event's root, the one that counts most first */
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

    /** The tree below a member; null where no path leads. */
    PathTree below(String name) {
        return children.get(name);
    }

    /** Whether the path that ends here leads through the event's traits. */
    boolean isTrait() {
        return isTrait;
    }

    /** The place of the path that ends here, from 0; -1 where none ends. */
    int rank() {
        return rank;
    }
}
