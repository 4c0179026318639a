package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.listrakrelay.spool.AmbiguousEvent;
import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.TracedEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Finds the newest events or dead letters of several spools, one page at a time. */
final class AdminPages<T> {

    static final AdminPages<TracedEvent> EVENTS = new AdminPages<>(
            (spool, search) -> spool.history().find(search),
            trace -> trace.event().seq(),
            trace -> trace.event().receivedAt());

    static final AdminPages<DeadLetter> DEAD_LETTERS = new AdminPages<>(
            (spool, search) -> spool.deadLetters().find(search),
            letter -> letter.event().seq(),
            DeadLetter::diedAt);

    static final AdminPages<AmbiguousEvent> AMBIGUOUS = new AdminPages<>(
            (spool, search) -> spool.ambiguous().find(search),
            entry -> entry.event().seq(),
            entry -> entry.event().receivedAt());

    /** Returns a finder of events whose field has a value. It reads all payloads, because they have no index. */
    static AdminPages<TracedEvent> events(FindField field, String value) {
        Predicate<byte[]> mayHaveIt = FindField.mayHold(value);
        Predicate<byte[]> isWanted = field.is(value);
        return new AdminPages<>(
                (spool, search) -> {
                    List<TracedEvent> found = new ArrayList<>();
                    spool.history().walk(search, mayHaveIt, event -> {
                        if (isWanted.test(event.event().raw())) {
                            found.add(event.withoutPayload());
                        }
                        return found.size() < search.limit();
                    });
                    return found;
                },
                EVENTS.seq,
                EVENTS.time);
    }

    private final BiFunction<Spool, Search, List<T>> find;
    private final ToLongFunction<T> seq;
    private final Function<T, Instant> time;

    /** An event or dead letter, with the name of its spool. */
    record SpoolItem<T>(String spool, T one) {}

    /**
     * Holds a page of results.
     *
     * @param next the value of {@code before} for the next page; empty on the last page
     */
    record Page<T>(List<SpoolItem<T>> found, Optional<JsonNode> next) {}

    private AdminPages(BiFunction<Spool, Search, List<T>> find, ToLongFunction<T> seq, Function<T, Instant> time) {
        this.find = find;
        this.seq = seq;
        this.time = time;
    }

    /**
     * Returns a page of results.
     *
     * @param contacts all identifiers of the contact that the query asks for; empty if it asks for no contact
     */
    Page<T> page(Map<String, Spool> spools, Set<String> contacts, AdminQuery query) {
        int limit = query.search().limit();
        // if two are equally new, an account's event is before the event that was forwarded to the account
        Map<String, Deque<T>> left = new TreeMap<>(Collections.reverseOrder());
        spools.forEach((name, spool) -> left.put(name, new ArrayDeque<>(find(spool, query.in(name), contacts))));
        boolean isMore = left.values().stream().anyMatch(one -> one.size() == limit);
        Map<String, Long> after = new TreeMap<>(query.after());
        List<SpoolItem<T>> found = new ArrayList<>();
        Optional<String> newest = newest(left);
        while (newest.isPresent() && found.size() < limit) {
            T one = left.get(newest.get()).poll();
            found.add(new SpoolItem<>(newest.get(), one));
            after.put(newest.get(), seq.applyAsLong(one));
            newest = newest(left);
        }
        return new Page<>(found, isMore || newest.isPresent() ? Optional.of(next(spools, after)) : Optional.empty());
    }

    private List<T> find(Spool spool, Search search, Set<String> contacts) {
        if (contacts.isEmpty()) {
            return find.apply(spool, search);
        }
        return contacts.stream()
                .flatMap(contact -> find.apply(spool, search.with(Search.Field.CONTACT, contact)).stream())
                .sorted(Comparator.comparingLong(seq).reversed())
                .limit(search.limit())
                .toList();
    }

    /** Returns the spool whose next item is the newest. */
    private Optional<String> newest(Map<String, Deque<T>> left) {
        return left.entrySet().stream()
                .filter(spool -> !spool.getValue().isEmpty())
                .max(Comparator.comparing(spool -> time.apply(spool.getValue().peek())))
                .map(Map.Entry::getKey);
    }

    private static JsonNode next(Map<String, Spool> spools, Map<String, Long> after) {
        if (spools.size() == 1) {
            return LongNode.valueOf(after.values().iterator().next());
        }
        return TextNode.valueOf(after.entrySet().stream()
                .map(spool -> spool.getKey() + ":" + spool.getValue())
                .collect(Collectors.joining(",")));
    }
}
