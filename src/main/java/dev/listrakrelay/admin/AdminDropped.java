package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.TracedEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Groups the events that were dropped in the last minutes by spool, reason and event name, and replays them. */
@ApplicationScoped
public class AdminDropped implements AdminCalls {

    private static final int DAY = 1_440;
    private static final int MOST_MINUTES = 7 * DAY;
    private static final int MOST_LOOKED = 100_000;
    private static final int SAMPLES = 5;

    private final AdminSpools spools;
    private final AnsweringProcess process;
    private final Clock clock;

    private final DroppedReplay replay;

    AdminDropped(AdminSpools spools, AnsweringProcess process, CanaryReplays canaries, Clock clock) {
        this.replay = new DroppedReplay(spools, canaries);
        this.process = process;
        this.spools = spools;
        this.clock = clock;
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.get("/admin/dropped").blockingHandler(this::show, false);
        routes.change("/admin/dropped/replay").blockingHandler(replay::replay, false);
    }

    private void show(RoutingContext http) {
        long minutes = AdminSearch.number("minutes", http.queryParams().get("minutes"), DAY, MOST_MINUTES);
        Instant from = clock.instant().minus(Duration.ofMinutes(minutes));
        Search dropped =
                new Search(Map.of(Search.Field.OUTCOME, "dropped"), from, Search.END, Long.MAX_VALUE, Search.MOST);
        GroupCounter groups = new GroupCounter(List.of("spool", "reason", "name"), SAMPLES);
        long looked = 0;
        boolean isComplete = true;
        for (Map.Entry<String, Spool> spool : spools.searched(
                        Optional.ofNullable(http.queryParams().get("spool")))
                .entrySet()) {
            int ofSpool = look(spool.getKey(), spool.getValue(), dropped, groups);
            looked += ofSpool;
            isComplete &= ofSpool < MOST_LOOKED;
        }
        ObjectNode answer = AdminJson.object();
        answer.set("groups", groups.json());
        AdminAnswer.send(http, process.sign(answer.put("looked", looked).put("complete", isComplete)));
    }

    private static int look(String name, Spool spool, Search dropped, GroupCounter groups) {
        PagedSearch<TracedEvent> pages =
                new PagedSearch<>(spool.history()::find, event -> event.event().seq());
        return pages.visit(
                dropped,
                MOST_LOOKED,
                event -> groups.add(
                        List.of(
                                name,
                                event.steps().get(0).reason(),
                                event.event().name()),
                        event.event().seq(),
                        event.event().receivedAt()));
    }
}
