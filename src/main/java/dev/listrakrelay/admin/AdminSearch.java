package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.listrakrelay.spool.Search;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a search from the parameters of a call, or from the filter of a replay. */
final class AdminSearch {

    private static final String DEFAULT_LIMIT = "100";
    private static final String OUTCOME = "outcome";
    private static final String ORDER = "order";
    /** A position in several spools, such as {@code events:12,listrak:7}. */
    private static final Pattern NEXT = Pattern.compile("[\\w.-]+:\\d+(,[\\w.-]+:\\d+)*");

    private static final Map<String, Search.Field> FIELDS = Map.of(
            "messageId", Search.Field.MESSAGE_ID,
            "contact", Search.Field.CONTACT,
            "name", Search.Field.NAME);
    private static final Set<String> OUTCOMES = Set.of(
            "accepted",
            "held",
            "released",
            "retried",
            "delivered",
            "forwarded",
            "dropped",
            "dead",
            "replayed",
            "settled");

    private static final Set<String> AMBIGUOUS_OUTCOMES =
            Set.of("pending", "delivered", "dropped", "dead", "forwarded");

    private AdminSearch() {}

    /** Reads a search for events: messageId, contact, name, outcome, order, from, to, limit, before, spool. */
    static AdminQuery events(RoutingContext http) {
        Map<String, String> query = AdminParameters.of(http);
        checkOutcome(query.get(OUTCOME), OUTCOMES);
        Optional<String> order = Optional.ofNullable(query.remove(ORDER)).filter(value -> !value.isEmpty());
        return read(query, OUTCOME, ORDER).withOrder(order);
    }

    /** Reads a search for dead letters: the same parameters, with reason instead of outcome, and without order. */
    static AdminQuery deadLetters(RoutingContext http) {
        return read(AdminParameters.of(http), "reason");
    }

    /** Reads a search for events that may be there twice: the parameters of a search for events, without order. */
    static AdminQuery ambiguous(Map<String, String> query) {
        checkOutcome(query.get(OUTCOME), AMBIGUOUS_OUTCOMES);
        return read(query, OUTCOME);
    }

    private static void checkOutcome(String outcome, Set<String> known) {
        if (outcome != null && !known.contains(outcome)) {
            throw AdminRefusal.of(
                    OUTCOME,
                    "one of " + String.join(", ", known.stream().sorted().toList()),
                    outcome);
        }
    }

    /** Reads a filter of dead letters from JSON; limit, before and spool are not allowed. */
    static Search filter(JsonNode filter) {
        if (!filter.isObject()) {
            throw AdminRefusal.of("filter", "an object", filter.getNodeType());
        }
        Map<String, String> query = new HashMap<>();
        filter.fields().forEachRemaining(member -> {
            if (!member.getValue().isTextual()
                    || Set.of("limit", "before", "spool").contains(member.getKey())) {
                throw AdminRefusal.of(
                        "filter." + member.getKey(),
                        "one of messageId, contact, name, reason, from, to, and a string as its value",
                        "something else");
            }
            query.put(member.getKey(), member.getValue().textValue());
        });
        return read(query, "reason").search();
    }

    /** Reads a search for events from parameters that are known to be allowed. */
    static Search of(Map<String, String> query) {
        return read(query, OUTCOME, ORDER).search();
    }

    /** @param more further parameters of the call, for the message about an unknown one */
    private static AdminQuery read(Map<String, String> query, String outcome, String... more) {
        Map<String, String> left = new LinkedHashMap<>(query);
        Optional<String> spool = Optional.ofNullable(left.remove("spool"));
        Map<Search.Field, String> where = new EnumMap<>(Search.Field.class);
        FIELDS.forEach((name, field) -> put(where, field, left.remove(name)));
        put(where, Search.Field.OUTCOME, left.remove(outcome));
        Instant from = instant("from", left.remove("from"), Instant.EPOCH);
        Instant to = instant("to", left.remove("to"), Search.END);
        String page = left.remove("before");
        Map<String, Long> after = page != null && NEXT.matcher(page).matches() ? after(page) : Map.of();
        long before = number("before", after.isEmpty() ? page : null, Long.MAX_VALUE, Long.MAX_VALUE);
        long limit = number("limit", left.remove("limit"), Long.parseLong(DEFAULT_LIMIT), Search.MOST);
        if (!left.isEmpty()) {
            throw new AdminRefusal(
                    400,
                    left.keySet().iterator().next() + ": unknown, expected one of messageId, contact, name, " + outcome
                            + Stream.of(more).map(name -> ", " + name).collect(Collectors.joining())
                            + ", from, to, limit, before, spool");
        }
        return new AdminQuery(new Search(where, from, to, before, (int) limit), spool, after);
    }

    /** Returns the last seq of the previous page, by spool. */
    private static Map<String, Long> after(String page) {
        Map<String, Long> after = new TreeMap<>();
        for (String spool : page.split(",")) {
            int colon = spool.indexOf(':');
            after.put(spool.substring(0, colon), number("before", spool.substring(colon + 1), 0, Long.MAX_VALUE));
        }
        return after;
    }

    private static void put(Map<Search.Field, String> where, Search.Field field, String value) {
        if (value != null) {
            where.put(field, value);
        }
    }

    @SuppressWarnings("ReturnValueIgnored") // a time beyond what milliseconds hold throws
    private static Instant instant(String name, String text, Instant missing) {
        try {
            Instant instant = text == null ? missing : Instant.parse(text);
            instant.toEpochMilli();
            return instant;
        } catch (DateTimeException | ArithmeticException e) {
            throw AdminRefusal.of(name, "a time such as 2026-06-06T12:34:56Z", text);
        }
    }

    static long number(String name, String text, long missing, long most) {
        try {
            long number = text == null ? missing : Long.parseLong(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw AdminRefusal.of(name, "a whole number from 1 to " + most, text);
        }
        throw AdminRefusal.of(name, "a whole number from 1 to " + most, text);
    }
}
