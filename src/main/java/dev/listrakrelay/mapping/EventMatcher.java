package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides which events a rule matches. */
final class EventMatcher {
    private final Set<String> types;
    /** As they stand in the file. */
    private final Set<String> written;

    private final Set<String> names;
    private final List<Glob> globs;
    private final Condition where;

    /**
     * @param types some of {@link Event#TYPES}
     * @param names event names or globs; empty for any name
     * @param where a condition on the event's payload
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

    /** Returns a name as it is compared: trimmed and in lower case. */
    static String comparable(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    Set<String> types() {
        return types;
    }

    /** The names without the globs, as they are compared. */
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

    /** Returns why it does not match an event, in words; empty if it matches. */
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
