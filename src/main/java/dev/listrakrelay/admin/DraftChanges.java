package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.mapping.FieldCheck;
import dev.listrakrelay.mapping.Mapping;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.EventHistory;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.TracedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Maps the latest events with the active mapping and with a draft, and groups the events whose results differ. */
final class DraftChanges {

    private static final int AT_ONCE = 500;
    private static final int SAMPLES = 3;
    private static final int MOST_GROUPS = 200;

    private final Mapping now;
    private final Mapping draft;
    private final FieldCheck check;
    private final boolean isMasked;
    private final Map<List<String>, Change> groups = new HashMap<>();
    private int read;
    private int looked;
    private int same;

    /** The events with the same result before and the same result after. */
    private static final class Change {
        private final ArrayNode samples = JsonNodeFactory.instance.arrayNode();
        private int count;
    }

    /**
     * @param check takes out the fields that are not sent, and counts nothing
     * @param isMasked whether the events' addresses are masked before they are mapped: a draft's conditions could guess them
     */
    DraftChanges(Mapping now, Mapping draft, FieldCheck check, boolean isMasked) {
        this.isMasked = isMasked;
        this.now = now;
        this.draft = draft;
        this.check = check;
    }

    /** Maps the latest events of a spool both ways, some at a time. */
    ObjectNode of(String name, EventHistory history, int most) {
        return of(name, history, most, new Range(Instant.EPOCH, Long.MAX_VALUE), () -> false);
    }

    /**
     * The events to look at.
     *
     * @param from those that were accepted then or later
     * @param before those with a lower seq
     */
    record Range(Instant from, long before) {}

    /**
     * Maps the latest events of a part of a spool both ways. The answer has {@code next} if there may be more of that part.
     *
     * @param isStopped whether nobody wants the answer any more
     */
    ObjectNode of(String name, EventHistory history, int most, Range part, BooleanSupplier isStopped) {
        long before = part.before();
        List<TracedEvent> page = page(history, before, Math.min(most, AT_ONCE));
        boolean isInTime = true;
        while (!page.isEmpty() && isInTime && !isStopped.getAsBoolean()) {
            page.stream().filter(traced -> isOf(traced, part)).forEach(traced -> look(name, traced.event()));
            Event last = page.get(page.size() - 1).event();
            before = last.seq();
            read += page.size();
            isInTime = !last.pendingSince().isBefore(part.from());
            page = isInTime ? page(history, before, Math.min(most - read, AT_ONCE)) : List.of();
        }
        ObjectNode json = json();
        return read >= most && isInTime ? json.put("next", before) : json;
    }

    /** Whether an event is of that time. A replayed or released one is, but not the entry that tells of its move. */
    private static boolean isOf(TracedEvent traced, Range part) {
        return part.from().equals(Instant.EPOCH)
                || !traced.event().receivedAt().isBefore(part.from())
                        && !KeptEvents.last(traced).isMove();
    }

    private static List<TracedEvent> page(EventHistory history, long before, int size) {
        List<TracedEvent> page = new ArrayList<>();
        if (size > 0) {
            history.walk(Search.ALL.page(before, size), event -> page.add(event) && page.size() < size);
        }
        return page;
    }

    private void look(String spool, Event came) {
        looked++;
        if (!Event.TYPES.contains(came.type())) {
            same++;
            return;
        }
        Event event = isMasked ? AdminMask.event(came) : came;
        MappedEvent before = MappedEvent.of(event, now, check);
        MappedEvent after = MappedEvent.of(event, draft, check);
        if (before.equals(after)) {
            same++;
            return;
        }
        String from = before.words();
        String to = after.words().equals(from) ? from + ", other fields" : after.words();
        Change group = groups.computeIfAbsent(
                List.of(from, to, MappedEvent.rules(event, now), MappedEvent.rules(event, draft)),
                first -> new Change());
        group.count++;
        if (group.samples.size() < SAMPLES) {
            ObjectNode sample = group.samples
                    .addObject()
                    .put("spool", spool)
                    .put("seq", event.seq())
                    .put("name", event.name());
            sample.set("before", before.json());
            sample.set("after", after.json());
        }
    }

    private ObjectNode json() {
        ObjectNode json = AdminJson.object().put("looked", looked).put("same", same);
        ArrayNode changed = json.putArray("changed");
        groups.entrySet().stream()
                .sorted(Comparator.comparingInt(group -> -group.getValue().count))
                .limit(MOST_GROUPS)
                .forEach(group -> changed.addObject()
                        .put("from", group.getKey().get(0))
                        .put("to", group.getKey().get(1))
                        .put("fromRule", group.getKey().get(2))
                        .put("toRule", group.getKey().get(3))
                        .put("count", group.getValue().count)
                        .set("samples", group.getValue().samples));
        return json;
    }
}
