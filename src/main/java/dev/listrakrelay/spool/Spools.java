package dev.listrakrelay.spool;

import io.quarkus.runtime.Quarkus;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Opens each spool once. If a Kafka cluster can't be reached, its spools are opened as soon as it can. */
@ApplicationScoped
public class Spools {

    private static final Logger LOG = Logger.getLogger(Spools.class);
    private static final Duration FIRST_TRY = Duration.ofSeconds(5);

    private final SpoolConfig config;
    private final IdentityConfig identity;
    private final Optional<DeliveryLogOptions> log;
    private final HoldLimits hold;
    private final SpoolMeters meters;
    private final SpoolStore store;
    private final Map<String, Spool> open = new ConcurrentHashMap<>();

    @Inject
    Spools(
            SpoolStore store,
            SpoolConfig config,
            IdentityConfig identity,
            DeliveryLogConfig deliveryLog,
            DeliveryLogKafkaConfig deliveryLogTopic,
            HoldCondition condition,
            SpoolMeters meters) {
        this(store, config, identity, DeliveryLogOptions.of(deliveryLog, deliveryLogTopic), condition, meters);
    }

    /** @param log what the spools write into the delivery log; empty if the log is off */
    Spools(
            SpoolStore store,
            SpoolConfig config,
            IdentityConfig identity,
            Optional<DeliveryLogOptions> log,
            HoldCondition condition,
            SpoolMeters meters) {
        this.store = store;
        this.log = log;
        this.config = config;
        this.identity = identity;
        this.hold = new HoldLimits(identity.hold(), identity.holdAtMost(), condition);
        this.meters = meters;
        if (config.engine() == SpoolConfig.Engine.SQLITE) {
            meters.watchDisk(config.dir());
        }
    }

    /**
     * Returns the spool of a name. It opens the spool, and creates it if there is none.
     *
     * @throws SpoolUnavailable if another process uses its folder, the folder can't be written, or its topics can't be
     *     used
     */
    public synchronized Spool named(String name) {
        Spool known = open.get(name);
        if (known != null) {
            return known;
        }
        // an alert is no event
        Optional<DeliveryLogOptions> logged = log.filter(on -> !name.equals(SpoolLimits.ALERTS));
        Spool spool = open(
                name, SpoolLimits.of(config, identity, name).withLog(logged).withHold(hold));
        open.put(name, spool);
        meters.watch(name, spool);
        logged.ifPresent(on -> meters.watchDeliveryLog(name, spool));
        return spool;
    }

    /** Returns the histograms of a spool. */
    public SpoolTimes times(String name) {
        return meters.times(name);
    }

    private Spool open(String name, SpoolLimits limits) {
        return config.engine() == SpoolConfig.Engine.KAFKA
                ? awaited(new SpoolOpening(name, () -> store.open(name, limits)), name)
                : store.open(name, limits);
    }

    /** A start waits a few seconds for the cluster, but no longer. */
    private Spool awaited(SpoolOpening opening, String name) {
        try {
            opening.await(unopened().isEmpty() ? FIRST_TRY : Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        opening.onRefused(refused -> {
            LOG.errorf("%s: the relay stops, %s", name, refused.getMessage());
            Quarkus.asyncExit(SpoolRefused.EXIT);
        });
        return new AwaitedSpool(opening, config.lanes());
    }

    /** Returns a spool that is not open yet. */
    private Optional<AwaitedSpool> unopened() {
        return open.values().stream()
                .filter(AwaitedSpool.class::isInstance)
                .map(AwaitedSpool.class::cast)
                .filter(spool -> !spool.isOpen())
                .findFirst();
    }

    /** Runs a task that needs the list of spools: now, or as soon as the engine can be reached. */
    public void whenReachable(Runnable work) {
        unopened().ifPresentOrElse(spool -> spool.then(opened -> work.run()), work);
    }

    /** Whether a spool of that name exists, open or not. */
    public boolean isMade(String name) {
        return store.made().contains(name);
    }

    /** The names of existing spools that begin with a text. */
    public Set<String> made(String beginning) {
        return store.made().stream().filter(name -> name.startsWith(beginning)).collect(Collectors.toSet());
    }

    /** The open spools, by name. */
    public Map<String, Spool> opened() {
        return Map.copyOf(open);
    }

    /** All existing spools, by name. It opens those that are not open yet. */
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
