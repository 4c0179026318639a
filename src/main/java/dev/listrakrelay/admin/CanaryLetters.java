package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.DeadLetters;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Spool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Begins a replay of dead letters with a few of them. */
final class CanaryLetters {

    private CanaryLetters() {}

    /** @param contacts all identifiers of the contact that the filter asks for; empty if it asks for no contact */
    static ObjectNode start(
            JsonNode canary, Map<String, Spool> searched, Search filter, Set<String> contacts, CanaryReplays canaries) {
        int first = CanaryReplays.first(canary);
        Map<String, List<Long>> found = new TreeMap<>();
        searched.forEach((name, spool) -> {
            List<Long> letters = letters(spool.deadLetters(), filter, contacts);
            if (!letters.isEmpty()) {
                found.put(name, letters);
            }
        });
        if (found.size() > 1) {
            throw AdminRefusal.of("spool", "one, for a replay with canary", String.join(", ", found.keySet()));
        }
        if (found.isEmpty()) {
            return AdminJson.object().put("replayed", 0).put("waiting", 0);
        }
        String name = found.keySet().iterator().next();
        List<Long> letters = found.get(name);
        Spool spool = searched.get(name);
        CanaryReplay replay = new CanaryReplay(
                name,
                "dead",
                filter.where().getOrDefault(Search.Field.OUTCOME, ""),
                spool,
                first,
                letters,
                seq -> spool.deadLetters().get(seq).map(DeadLetter::event),
                seqs -> spool.deadLetters().replay(List.copyOf(seqs)));
        ObjectNode answer = canaries.start(replay);
        return answer.put("waiting", spool.deadLetters().waitingForReplay());
    }

    /** Oldest first. */
    private static List<Long> letters(DeadLetters dead, Search filter, Set<String> contacts) {
        List<Long> letters = new ArrayList<>();
        for (Search search : contacts.isEmpty()
                ? List.of(filter)
                : contacts.stream()
                        .map(contact -> filter.with(Search.Field.CONTACT, contact))
                        .toList()) {
            Search page = search.page(search.before(), Search.MOST);
            List<DeadLetter> some = dead.find(page);
            while (!some.isEmpty()) {
                some.forEach(letter -> letters.add(letter.event().seq()));
                page = page.page(some.get(some.size() - 1).event().seq(), Search.MOST);
                some = dead.find(page);
            }
        }
        Collections.sort(letters);
        return letters;
    }
}
