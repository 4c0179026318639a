package dev.listrakrelay.admin;

import dev.listrakrelay.spool.Search;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the query of an operator: what to find, and in which spools.
 *
 * @param spool name of the spool to search; empty for all
 * @param order the value of the field {@code admin.find-field}; empty for any
 * @param after the last seq of the previous pages, for each spool with results
 */
record AdminQuery(Search search, Optional<String> spool, Optional<String> order, Map<String, Long> after) {

    AdminQuery(Search search, Optional<String> spool, Map<String, Long> after) {
        this(search, spool, Optional.empty(), after);
    }

    /** Returns a copy that finds only events whose field has a value. */
    AdminQuery withOrder(Optional<String> value) {
        return new AdminQuery(search, spool, value, after);
    }

    /** Returns the search for one spool. */
    Search in(String name) {
        return after.containsKey(name) ? search.page(after.get(name), search.limit()) : search;
    }

    /** Whether this is the first page about one contact or event. Its answer includes dead letters, which are kept longer. */
    boolean isFirstPageAboutOne() {
        Set<Search.Field> by = search.where().keySet();
        boolean isAboutOne = by.contains(Search.Field.CONTACT) || by.contains(Search.Field.MESSAGE_ID);
        boolean isFirst = search.before() == Long.MAX_VALUE && after.isEmpty();
        return isAboutOne && isFirst && !by.contains(Search.Field.OUTCOME);
    }
}
