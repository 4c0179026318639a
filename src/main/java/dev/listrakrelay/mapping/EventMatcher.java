package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says which events a rule takes. */
final class EventMatcher {
    private final Set<String> types;
    /** As they stand in the file. */
    private final Set<String> written;

    private final Set<String> names;
    private final List<Glob> globs;
    private final Condition where;

    /**
     * @param types of {@link Event#TYPES}
     * @param names event names or globs of them; empty for any name
     * @param where what has to be in the event
     */
    EventMatcher(Collection<String> types, Collection<String> names, Optional<Condition> where) {
        this.types = Set.copyOf(types);
        this.written = Set.copyOf(names);
        this.names = names.stream()
                .filter(name -> !Glob.isOne(name))
                .map(EventMatcher::comparable)
                .collect(Collectors.toUnmodifiableSet());
        this.globs = names.stream()
                .filter(Glob::isOne)
                .map(name -> new Glob(comparable(name)))
                .distinct()
                .toList();
        this.where = where.orElse(null);
    }

    /** The name as it is compared: without space around it, and upper case like lower case. */
    static String comparable(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    Set<String> types() {
        return types;
    }

    /** The names that are no globs, comparable. */
    Set<String> names() {
        return names;
    }

    boolean hasGlobs() {
        return !globs.isEmpty();
    }

    boolean takesName(String comparable) {
        if (names.isEmpty() && globs.isEmpty() || names.contains(comparable)) {
            return true;
        }
        for (Glob glob : globs) {
            if (glob.matches(comparable)) {
                return true;
            }
        }
        return false;
    }

    /** Reads the payload only where there is a {@code where}. */
    boolean holds(EventJson event) {
        return where == null || where.holds(event.tree());
    }

    /** Why it does not take an event, in words; empty if it does. */
    Optional<String> mismatch(EventJson event) {
        if (!types.contains(event.event().type())) {
            return Optional.of(
                    "is for " + in(types) + ", found " + event.event().type());
        }
        if (!takesName(comparable(event.event().name()))) {
            return Optional.of(
                    "is for " + in(written) + ", found " + event.event().name());
        }
        return holds(event) ? Optional.empty() : Optional.of("is for events with " + where);
    }

    private static String in(Collection<String> words) {
        return words.stream().sorted().collect(Collectors.joining(" or "));
    }
}
