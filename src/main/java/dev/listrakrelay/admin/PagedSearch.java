package dev.listrakrelay.admin;

import dev.listrakrelay.spool.Search;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Visits all results of a search, newest first, by finding one page after the other. */
final class PagedSearch<T> {

    private final Function<Search, List<T>> find;
    private final ToLongFunction<T> seq;

    PagedSearch(Function<Search, List<T>> find, ToLongFunction<T> seq) {
        this.find = find;
        this.seq = seq;
    }

    /**
     * Visits the results, and returns their number. If it is {@code most} or more, there may be more results.
     *
     * @param most the number of results after which it finds no further page
     */
    int visit(Search first, int most, Consumer<T> visitor) {
        Search search = first;
        int visited = 0;
        while (visited < most) {
            List<T> page = find.apply(search);
            page.forEach(visitor);
            visited += page.size();
            if (page.size() < search.limit()) {
                return visited;
            }
            search = search.page(seq.applyAsLong(page.get(page.size() - 1)), search.limit());
        }
        return visited;
    }
}
