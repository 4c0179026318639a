package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.AmbiguousEvent;
import dev.listrakrelay.spool.AmbiguousEvents;
import dev.listrakrelay.spool.Search;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Sends all entries of a search as CSV or NDJSON, some at a time, so that memory does not grow with their number. It
 * ends early if the caller closes the connection.
 */
final class AmbiguousExport {

    private static final String[] COLUMNS = {
        "contact",
        "messageId",
        "name",
        "destination",
        "cause",
        "sendings",
        "sentAt",
        "sentAgainAt",
        "outcome",
        "settledAt",
        "spool",
        "seq"
    };
    private static final int CHUNK = 65_536;

    private final HttpServerResponse response;
    private final boolean isCsv;
    private final boolean isMasked;
    private final StringBuilder text = new StringBuilder();

    AmbiguousExport(RoutingContext http, boolean isCsv) {
        this.isCsv = isCsv;
        this.isMasked = AdminRights.isMasked(http);
        this.response = http.response()
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, isCsv ? "text/csv; charset=UTF-8" : "application/x-ndjson")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (isCsv) {
            text.append(CsvText.line(COLUMNS)).append(CsvText.END);
        }
    }

    /** @param contacts all identifiers of the contact that is searched for; empty for any contact */
    void add(String name, AmbiguousEvents events, Search search, Set<String> contacts) {
        PagedSearch<AmbiguousEvent> pages =
                new PagedSearch<>(events::find, entry -> entry.event().seq());
        Search all = search.page(Long.MAX_VALUE, Search.MOST);
        Stream<Search> each = contacts.isEmpty()
                ? Stream.of(all)
                : contacts.stream().map(contact -> all.with(Search.Field.CONTACT, contact));
        each.forEach(one -> pages.visit(one, Integer.MAX_VALUE, entry -> add(name, entry)));
    }

    private void add(String spool, AmbiguousEvent entry) {
        ObjectNode json = AdminJson.line(entry).put("spool", spool);
        if (isCsv) {
            String[] values =
                    Stream.of(COLUMNS).map(column -> json.path(column).asText()).toArray(String[]::new);
            text.append(CsvText.line(values)).append(CsvText.END);
        } else {
            text.append(json).append('\n');
        }
        if (text.length() >= CHUNK) {
            send();
        }
    }

    private void send() {
        String chunk = text.toString();
        text.setLength(0);
        // waits for the caller to read, and fails if the caller is gone
        response.write(isMasked ? AdminMask.emails(chunk) : chunk)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    void end() {
        send();
        response.end();
    }
}
