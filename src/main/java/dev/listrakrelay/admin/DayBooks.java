package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Spool;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/** Counts the events that were accepted on a day (UTC), by spool, event name and outcome. */
final class DayBooks {

    /** The name of all events of a spool whose names come after the first 1,000 different ones. */
    static final String OTHERS = "(other names)";

    private static final int MOST_NAMES = 1_000;

    private final LocalDate day;
    private final Instant now;
    private final Map<String, Map<String, BookLine>> lines = new TreeMap<>();
    private final Map<String, KeptEvents> kept = new TreeMap<>();

    DayBooks(LocalDate day, Instant now) {
        this.day = day;
        this.now = now;
    }

    /** Counts the day's events of a spool. */
    DayBooks add(String name, Spool spool) {
        Map<String, BookLine> byName = lines.computeIfAbsent(name, first -> new TreeMap<>());
        KeptEvents events = new KeptEvents(spool, start(day), start(day.plusDays(1)), now);
        kept.put(name, events.each(traced -> {
            String event = traced.event().name();
            boolean isNamed = byName.size() < MOST_NAMES || byName.containsKey(event);
            byName.computeIfAbsent(isNamed ? event : OTHERS, first -> new BookLine())
                    .add(traced);
        }));
        return this;
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    LocalDate day() {
        return day;
    }

    /** The counts by spool and event name. */
    Map<String, Map<String, BookLine>> lines() {
        return lines;
    }

    /** What of the day each spool keeps. */
    Map<String, KeptEvents> kept() {
        return kept;
    }

    ObjectNode json() {
        ObjectNode json = AdminJson.object()
                .put("day", day.toString())
                .put("complete", kept.values().stream().allMatch(KeptEvents::isWhole));
        ArrayNode rows = json.putArray("rows");
        lines.forEach((spool, byName) -> byName.forEach((name, line) -> rows.add(line.json(spool, name))));
        ArrayNode spools = json.putArray("spools");
        kept.forEach((spool, events) -> {
            ObjectNode line = spools.addObject().put("name", spool).put("accepted", events.kept());
            line.setAll(events.json());
        });
        return json;
    }
}
