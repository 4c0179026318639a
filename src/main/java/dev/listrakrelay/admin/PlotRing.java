package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Keeps the counts of the last 1,440 minutes in memory. It is not safe for use by several threads at once. */
final class PlotRing {

    static final int MINUTES = 1_440;
    static final List<String> OUTCOMES = List.of("accepted", "delivered", "dropped", "dead");

    private static final int SECONDS = 60;

    private final PlotMinute[] minutes = new PlotMinute[MINUTES];
    private PlotMinute latest;

    /** Returns the minute of a time, and ends the minutes before it. */
    PlotMinute at(Instant time) {
        long minute = time.getEpochSecond() / SECONDS;
        if (latest == null || latest.minute() != minute) {
            if (latest != null) {
                latest.close();
            }
            latest = new PlotMinute(minute);
            minutes[(int) (minute % MINUTES)] = latest;
        }
        return latest;
    }

    /** Returns the minutes up to a time, as one array for each line of the plots; null if the relay did not run. */
    ObjectNode json(Instant time, int count) {
        long last = time.getEpochSecond() / SECONDS;
        List<PlotMinute> shown = LongStream.rangeClosed(last - count + 1, last)
                .mapToObj(this::minute)
                .toList();
        ObjectNode json = AdminJson.object()
                .put("from", Instant.ofEpochSecond((last - count + 1) * SECONDS).toString())
                .put("stepSeconds", SECONDS);
        OUTCOMES.forEach(outcome -> fill(json.putArray(outcome), shown, minute -> minute.events(outcome)));
        fill(json.putArray("pending"), shown, PlotMinute::pending);
        fill(json.putArray("delayP50"), shown, PlotMinute::p50);
        fill(json.putArray("delayP95"), shown, PlotMinute::p95);
        ObjectNode requests = json.putObject("requests");
        kinds(shown)
                .forEach(kind -> fill(requests.putArray(kind), shown, minute -> minute.requests()
                        .getOrDefault(kind, 0L)));
        return json;
    }

    /** Returns a minute; null if the relay did not run in it. */
    private PlotMinute minute(long minute) {
        PlotMinute found = minutes[(int) (minute % MINUTES)];
        return found != null && found.minute() == minute ? found : null;
    }

    private static Set<String> kinds(List<PlotMinute> shown) {
        Set<String> kinds = new TreeSet<>();
        shown.forEach(minute -> {
            if (minute != null) {
                kinds.addAll(minute.requests().keySet());
            }
        });
        return kinds;
    }

    private static void fill(ArrayNode line, List<PlotMinute> shown, Function<PlotMinute, Long> value) {
        shown.forEach(minute -> line.add(minute == null ? null : value.apply(minute)));
    }
}
