package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Spool;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Groups dead letters by spool, reason and the pattern of their answer, so that each group has one cause. */
final class DeadLetterGroups {

    private static final int MOST_LOOKED = 20_000;
    private static final int SAMPLES = 10;

    private final AdminSpools spools;

    DeadLetterGroups(AdminSpools spools) {
        this.spools = spools;
    }

    void show(RoutingContext http) {
        GroupCounter groups = new GroupCounter(List.of("spool", "reason", "answer"), SAMPLES);
        long looked = 0;
        long total = 0;
        for (Map.Entry<String, Spool> spool : spools.searched(
                        Optional.ofNullable(http.queryParams().get("spool")))
                .entrySet()) {
            int ofSpool = look(spool.getKey(), spool.getValue(), groups);
            looked += ofSpool;
            total += ofSpool < MOST_LOOKED ? ofSpool : Math.max(ofSpool, died(spool.getValue()));
        }
        ObjectNode answer = AdminJson.object();
        answer.set("groups", groups.json());
        AdminAnswer.send(http, answer.put("total", total).put("looked", looked));
    }

    private static int look(String name, Spool spool, GroupCounter groups) {
        PagedSearch<DeadLetter> pages = new PagedSearch<>(
                spool.deadLetters()::find, dead -> dead.event().seq());
        return pages.visit(
                Search.ALL,
                MOST_LOOKED,
                dead -> groups.add(
                        List.of(name, dead.reason(), AnswerPattern.of(dead.answer())),
                        dead.event().seq(),
                        dead.diedAt()));
    }

    /** Counts all dead letters, also those that were forgotten or deleted since. */
    private static long died(Spool spool) {
        return spool.tally().entrySet().stream()
                .filter(line -> line.getKey().name().equals("dead"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
