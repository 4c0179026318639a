package dev.listrakrelay.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The members to look at while an event is read, as a tree of names: {@code context} → {@code traits} → {@code email}. */
final class Paths {

    private final Map<String, Paths> children = new HashMap<>();
    private int rank = -1;
    private boolean isTrait;

    /** @param paths each a list of member names from the event's root, the one that counts most first */
    static Paths of(List<List<String>> paths) {
        Paths root = new Paths();
        for (int rank = 0; rank < paths.size(); rank++) {
            Paths node = root;
            for (String name : paths.get(rank)) {
                node = node.children.computeIfAbsent(name, n -> new Paths());
            }
            node.rank = rank;
            node.isTrait = paths.get(rank).get(0).equals("traits");
        }
        return root;
    }

    /** The tree below a member; null where no path leads. */
    Paths below(String name) {
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
