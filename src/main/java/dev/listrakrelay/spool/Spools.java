package dev.listrakrelay.spool;

import dev.listrakrelay.spool.kafka.KafkaCluster;
import dev.listrakrelay.spool.sqlite.SpoolFolder;
import io.quarkus.runtime.Quarkus;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Opens each spool once, where the engine keeps them; one in a cluster that is away is opened once that is there. */
@ApplicationScoped
public class Spools {

    private static final Logger LOG = Logger.getLogger(Spools.class);
    private static final Duration FIRST_TRY = Duration.ofSeconds(5);

    private final SpoolConfig config;
    private final IdentityConfig identity;
    private final SpoolMeters meters;
    private final SpoolStore store;
    private final Map<String, Spool> open = new ConcurrentHashMap<>();

    Spools(SpoolConfig config, KafkaSpoolConfig kafka, IdentityConfig identity, Clock clock, SpoolMeters meters) {
        this.config = config;
        this.identity = identity;
        this.meters = meters;
        this.store = switch (config.engine()) {
            case SQLITE -> {
                meters.watchDisk(config.dir());
                yield new SpoolFolder(config.dir(), config.lanes(), clock);
            }
            case KAFKA -> new KafkaCluster(kafka, config.lanes(), clock);
        };
    }

    /**
     * The spool of that name, opened or made where it isn't yet.
     *
     * @throws SpoolUnavailable if its folder is in use by another process or can't be written, or its topics can't be used
     */
    public synchronized Spool named(String name) {
        Spool there = open.get(name);
        if (there != null) {
            return there;
        }
        Spool spool = open(name, SpoolLimits.of(config, identity, name));
        open.put(name, spool);
        meters.watch(name, spool);
        return spool;
    }

    /** Returns the histograms of a spool. */
    public SpoolTimes times(String name) {
        return meters.times(name);
    }

    private Spool open(String name, SpoolLimits kept) {
        return config.engine() == SpoolConfig.Engine.KAFKA
                ? awaited(new SpoolOpening(name, () -> store.open(name, kept)), name)
                : store.open(name, kept);
    }

    /** Whoever starts waits a little for a cluster, but no longer. */
    private Spool awaited(SpoolOpening opening, String name) {
        try {
            opening.await(away().isEmpty() ? FIRST_TRY : Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        opening.onRefused(refused -> {
            LOG.errorf("%s: stopping, %s", name, refused.getMessage());
            Quarkus.asyncExit(SpoolRefused.EXIT);
        });
        return new AwaitedSpool(opening, config.lanes());
    }

    /** One that is not open yet. */
    private Optional<AwaitedSpool> away() {
        return open.values().stream()
                .filter(AwaitedSpool.class::isInstance)
                .map(AwaitedSpool.class::cast)
                .filter(spool -> !spool.isOpen())
                .findFirst();
    }

    /** Does what has to know which spools there are: now, or once the engine that is away is there. */
    public void onceThere(Runnable work) {
        away().ifPresentOrElse(spool -> spool.then(opened -> work.run()), work);
    }

    /** Whether there is a spool of that name, opened or not. */
    public boolean isMade(String name) {
        return store.made().contains(name);
    }

    /** The names of the spools that there are and that begin so. */
    public Set<String> made(String beginning) {
        return store.made().stream().filter(name -> name.startsWith(beginning)).collect(Collectors.toSet());
    }

    /** The spools opened so far, by name. */
    public Map<String, Spool> opened() {
        return Map.copyOf(open);
    }

    /** All that there are, by name; those that nobody used so far are opened. */
    public synchronized Map<String, Spool> stored() {
        store.made().forEach(this::named);
        return opened();
    }

    @PreDestroy
    synchronized void close() {
        open.values().forEach(Spool::close);
        open.clear();
        store.close();
    }
}
