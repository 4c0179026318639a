package dev.listrakrelay.admin;

import dev.listrakrelay.delivery.RequestCounts;
import dev.listrakrelay.spool.Delays;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Counts the events and requests of each minute of the last day, and how long deliveries took, and shows the counts. */
@ApplicationScoped
public class AdminPlots implements AdminCalls {

    private static final Logger LOG = Logger.getLogger(AdminPlots.class);
    private static final int HOUR = 60;

    /** Several times a minute, because late counts would belong to the next minute. */
    private static final long EVERY_SECONDS = 10;

    private final AdminSpools spools;
    private final AnsweringProcess process;
    private final Clock clock;
    private final PlotFeed feed;
    private final PlotRing ring = new PlotRing();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread plots = new Thread(task, "plots");
        plots.setDaemon(true);
        return plots;
    });

    AdminPlots(AdminSpools spools, AnsweringProcess process, Clock clock) {
        this.spools = spools;
        this.process = process;
        this.clock = clock;
        this.feed = new PlotFeed(RequestCounts.OF_THIS_PROCESS, Delays.OF_THIS_PROCESS);
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.get("/admin/plots").blockingHandler(this::show, false);
    }

    void start(@Observes StartupEvent started) {
        thread.scheduleWithFixedDelay(this::look, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent stopped) {
        thread.shutdownNow();
    }

    /** Catches exceptions, because the executor would not run a task again that throws one. */
    private synchronized void look() {
        try {
            feed.feed(spools.all(), ring.at(clock.instant()));
        } catch (RuntimeException e) {
            LOG.errorf(e, "plots: can't count the events of this minute");
        }
    }

    private synchronized void show(RoutingContext http) {
        int minutes = (int) AdminSearch.number("minutes", http.queryParams().get("minutes"), HOUR, PlotRing.MINUTES);
        look();
        AdminAnswer.send(http, process.sign(ring.json(clock.instant(), minutes)));
    }
}
