package dev.listrakrelay.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.log.LogRateLimiter;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Looks for problems, decides what is told, and stores it in the spool of alerts, once, whatever crashes. */
final class AlertWatch {

    private static final Logger LOG = Logger.getLogger(AlertWatch.class);
    private static final String NOT_STORED = "not stored";

    private final List<ProblemSource> sources;
    private final AlertMemory memory;
    private final AlertDecider decider;
    private final Spool spool;
    private final Function<Alert, ObjectNode> json;
    private final LogRateLimiter lines = LogRateLimiter.onceUntilEnded();

    /** @param json returns the JSON that is posted */
    AlertWatch(
            List<ProblemSource> sources,
            AlertMemory memory,
            AlertLimits limits,
            Clock clock,
            Spool spool,
            Function<Alert, ObjectNode> json) {
        this.sources = sources;
        this.memory = memory;
        this.decider = new AlertDecider(limits, clock, memory.told());
        this.spool = spool;
        this.json = json;
        sources.forEach(source -> source.restore(memory.sources().path(name(source))));
    }

    /**
     * Looks once. While earlier alerts can't be stored, it decides nothing: what changed is seen when they are stored.
     */
    void look() {
        if (!store()) {
            return;
        }
        List<Problem> problems = sources.stream()
                .flatMap(ProblemSource::problems)
                .sorted(Comparator.comparing(Problem::kind))
                .toList();
        List<Alert> alerts = decider.next(problems, spool.pending() == 0);
        alerts.stream().map(json).forEach(memory::add);
        ObjectNode before = memory.sources().deepCopy();
        sources.forEach(source -> source.save(memory.sources().withObjectProperty(name(source))));
        if (!alerts.isEmpty() || !memory.sources().equals(before)) {
            memory.save();
            store();
        }
    }

    /** Stores the alerts that are not in the spool yet; returns whether all are. */
    private boolean store() {
        if (memory.unstored().isEmpty()) {
            return true;
        }
        try {
            SpoolUnavailable.await(spool.append(memory.unstored()));
        } catch (SpoolUnavailable e) {
            if (lines.isDue(NOT_STORED)) {
                LOG.warnf("alerts: not stored, trying again, %s", e.getMessage());
            }
            return false;
        }
        lines.end(NOT_STORED);
        memory.stored();
        memory.save();
        return true;
    }

    private static String name(ProblemSource source) {
        return source.getClass().getSimpleName().replaceAll("_.*", "");
    }
}
