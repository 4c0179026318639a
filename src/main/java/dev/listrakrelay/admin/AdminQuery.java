package dev.listrakrelay.admin;

import dev.listrakrelay.spool.Search;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the query of an operator: what to find, and in which spools.
 *
 * @param spool the one to look in; empty for all
 * @param order the value of {@code admin.find-field}; empty for any
 * @param after the seq with which the page before ended, in each spool that it showed something of
 */
record AdminQuery(Search search, Optional<String> spool, Optional<String> order, Map<String, Long> after) {

    AdminQuery(Search search, Optional<String> spool, Map<String, Long> after) {
        this(search, spool, Optional.empty(), after);
    }

    /** The same, of events whose field has that value. */
    AdminQuery of(Optional<String> value) {
        return new AdminQuery(search, spool, value, after);
    }

    /** The search of one spool. */
    Search in(String name) {
        return after.containsKey(name) ? search.page(after.get(name), search.limit()) : search;
    }

    /** Whether it asks after one contact or event: then dead letters belong to the answer, which are kept far longer. */
    boolean isFirstLookAtOne() {
        Set<Search.Field> by = search.where().keySet();
        boolean isAboutOne = by.contains(Search.Field.CONTACT) || by.contains(Search.Field.MESSAGE_ID);
        boolean isFirst = search.before() == Long.MAX_VALUE && after.isEmpty();
        return isAboutOne && isFirst && !by.contains(Search.Field.OUTCOME);
    }
}
