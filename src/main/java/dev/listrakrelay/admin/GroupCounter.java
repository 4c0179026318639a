package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts events or dead letters in groups of equal texts, with the first and last time and some samples of each group. */
final class GroupCounter {

    private static final int MOST = 100;

    private final Map<List<String>, Group> groups = new HashMap<>();
    private final List<String> fields;
    private final int samples;

    /**
     * @param fields the JSON field names of a group's texts
     * @param samples the number of seqs that are kept for each group
     */
    GroupCounter(List<String> fields, int samples) {
        this.fields = fields;
        this.samples = samples;
    }

    private static final class Group {
        private final List<Long> seqs = new ArrayList<>();
        private int count;
        private Instant first = Instant.MAX;
        private Instant last = Instant.MIN;
    }

    /** Adds one item with a text for each field. Items have to be added newest first, because the first ones are the samples. */
    void add(List<String> texts, long seq, Instant at) {
        Group group = groups.computeIfAbsent(texts, first -> new Group());
        group.count++;
        group.first = at.isBefore(group.first) ? at : group.first;
        group.last = at.isAfter(group.last) ? at : group.last;
        if (group.seqs.size() < samples) {
            group.seqs.add(seq);
        }
    }

    /** Returns the largest 100 groups, largest first. */
    ArrayNode json() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        groups.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<List<String>, Group> group) -> -group.getValue().count)
                        .thenComparing(group -> String.join(" ", group.getKey())))
                .limit(MOST)
                .forEach(group -> json.add(json(group.getKey(), group.getValue())));
        return json;
    }

    private ObjectNode json(List<String> texts, Group group) {
        ObjectNode json = AdminJson.object();
        for (int i = 0; i < fields.size(); i++) {
            json.put(fields.get(i), texts.get(i));
        }
        json.put("count", group.count).put("first", group.first.toString()).put("last", group.last.toString());
        group.seqs.forEach(json.putArray("seqs")::add);
        return json;
    }
}
