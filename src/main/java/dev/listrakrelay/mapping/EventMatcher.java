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
    /** The names and globs as written in the file. */
    private final Set<String> writtenNames;

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
        this.writtenNames = Set.copyOf(names);
        this.names = names.stream()
                .filter(name -> !Glob.isGlob(name))
                .map(EventMatcher::normalized)
                .collect(Collectors.toUnmodifiableSet());
        this.globs = names.stream()
                .filter(Glob::isGlob)
                .map(name -> new Glob(normalized(name)))
                .distinct()
                .toList();
        this.where = where.orElse(null);
    }

    /** Returns a name in the form for comparisons: trimmed and in lower case. */
    static String normalized(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    Set<String> types() {
        return types;
    }

    /** The normalized names, without the globs. */
    Set<String> names() {
        return names;
    }

    boolean hasGlobs() {
        return !globs.isEmpty();
    }

    boolean matchesName(String normalized) {
        if (names.isEmpty() && globs.isEmpty() || names.contains(normalized)) {
            return true;
        }
        for (Glob glob : globs) {
            if (glob.matches(normalized)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it matches every event that another one matches, as far as types and names tell. */
    boolean covers(EventMatcher other) {
        boolean isAnyName = names.isEmpty() && globs.isEmpty();
        boolean isOthersAnyName = other.names.isEmpty() && other.globs.isEmpty();
        return where == null
                && types.containsAll(other.types)
                && (isAnyName
                        || !isOthersAnyName
                                && globs.containsAll(other.globs)
                                && other.names.stream().allMatch(this::matchesName));
    }

    /** Whether the event meets the {@code where}. It reads the payload only if there is one. */
    boolean matchesCondition(EventJson event) {
        return where == null || where.holds(event.tree());
    }

    /** Returns why it does not match an event, in words; empty if it matches. */
    Optional<String> mismatch(EventJson event) {
        if (!types.contains(event.event().type())) {
            return Optional.of(
                    "type: expected " + in(types) + ", found " + event.event().type());
        }
        if (!matchesName(normalized(event.event().name()))) {
            return Optional.of("event: expected " + in(writtenNames) + ", found "
                    + event.event().name());
        }
        return matchesCondition(event) ? Optional.empty() : Optional.of("where: expected " + where);
    }

    private static String in(Collection<String> words) {
        return words.stream().sorted().collect(Collectors.joining(" or "));
    }
}
