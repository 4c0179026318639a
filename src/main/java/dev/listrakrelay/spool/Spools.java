package dev.listrakrelay.spool;

import dev.listrakrelay.spool.kafka.KafkaCluster;
import dev.listrakrelay.spool.sqlite.SpoolFolder;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Opens each spool once, where the engine keeps them. */
@ApplicationScoped
public class Spools {

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
            case SQLITE -> new SpoolFolder(config.dir(), config.lanes(), clock);
            case KAFKA -> new KafkaCluster(kafka, config.lanes(), clock);
        };
    }

    /**
     * The spool of that name, opened or made where it isn't yet.
     *
     * @throws SpoolUnavailable if its folder is in use by another process or can't be written, or its topics can't be used
     */
    public synchronized Spool named(String name) {
        return open.computeIfAbsent(name, this::open);
    }

    private Spool open(String name) {
        Spool spool = store.open(name, Retention.of(config, identity, name));
        meters.watch(name, spool);
        return spool;
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
