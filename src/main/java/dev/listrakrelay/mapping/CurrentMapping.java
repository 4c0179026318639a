package dev.listrakrelay.mapping;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.annotations.RegisterResources;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Holds the active mapping, and replaces it as a whole when its file changes. A file with mistakes is rejected, and
 * the previous mapping stays active.
 */
@Singleton
@RegisterResources(globs = {"routes/mappings/**", "routes/kamelets/**"})
public class CurrentMapping {

    private static final Logger LOG = Logger.getLogger(CurrentMapping.class);
    private static final String BAKED_IN = "routes/mappings/listrak.mapping.yaml";

    private final Optional<Path> file;
    private final Optional<Set<String>> accounts;
    private final Clock clock;
    private final MappingVersions versions;
    private byte[] seen;
    private byte[] decided;
    private volatile InForce inForce;
    private volatile Refused refused;

    /**
     * The active mapping.
     *
     * @param yaml its text, UTF-8
     */
    public record InForce(Mapping mapping, Instant since, byte[] yaml) {}

    /** A file that was not taken, and why. */
    public record Refused(List<String> mistakes, Instant since) {}

    CurrentMapping(
            MappingConfig config, AccountNames known, Clock clock, MappingVersions versions, MeterRegistry meters) {
        this.file = config.file();
        this.versions = versions;
        this.accounts = Optional.of(known.all());
        this.clock = clock;
        this.seen = bytes(file);
        this.decided = seen;
        take(MappingFile.read(name(file), seen, accounts), seen);
        Gauge.builder("listrak.relay.mapping.refused", this, mapping -> mapping.refused == null ? 0 : 1)
                .register(meters);
        Gauge.builder("listrak.relay.mapping.rules", this, mapping -> mapping.get()
                        .rules()
                        .size())
                .register(meters);
        Gauge.builder(
                        "listrak.relay.mapping.loaded.timestamp",
                        this,
                        mapping -> mapping.inForce.since().toEpochMilli() / 1e3)
                .baseUnit("seconds")
                .register(meters);
    }

    public Mapping get() {
        return inForce.mapping();
    }

    public InForce inForce() {
        return inForce;
    }

    /** What the file holds now, where it was refused. */
    public Optional<Refused> refused() {
        return Optional.ofNullable(refused);
    }

    /** The file's name in messages. */
    public String name() {
        return name(file);
    }

    /** Returns the case file beside the mapping file; empty if there is none. */
    public Optional<byte[]> cases() {
        Optional<String> cases = CaseFile.beside(name());
        try {
            if (file.isPresent()) {
                Optional<Path> path = cases.map(Path::of).filter(Files::isReadable);
                return path.isPresent() ? Optional.of(Files.readAllBytes(path.get())) : Optional.empty();
            }
            try (InputStream yaml = bakedIn(cases.orElseThrow())) {
                return Optional.of(yaml.readAllBytes());
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Activates or rejects the file if it has changed. It must have the same bytes in two checks, because a program
     * can still be writing it at the first.
     */
    synchronized void look() {
        byte[] now = bytesOrNull();
        boolean isSettled = Arrays.equals(now, seen);
        seen = now;
        if (isSettled && !Arrays.equals(now, decided)) {
            decided = now;
            decide(now);
        }
    }

    private void decide(byte[] yaml) {
        try {
            byte[] whole = yaml == null ? bytes(file) : yaml;
            take(MappingFile.read(name(), whole, accounts), whole);
            refused = null;
            LOG.infof("mapping: %s is in force, %d rules", name(), get().rules().size());
        } catch (InvalidMapping e) {
            refused = new Refused(e.mistakes(), clock.instant());
            LOG.warnf("mapping: refused, the one before stays in force\n  %s", String.join("\n  ", e.mistakes()));
        }
    }

    private void take(Mapping mapping, byte[] yaml) {
        inForce = new InForce(mapping, clock.instant(), yaml);
        versions.keep(yaml, inForce.since());
    }

    /** Returns null while the file can't be read. */
    private byte[] bytesOrNull() {
        try {
            return bytes(file);
        } catch (InvalidMapping unreadable) {
            return null;
        }
    }

    /**
     * Reads a mapping file, or the built-in one.
     *
     * @param accounts the accounts that a rule can name; empty: any
     * @throws InvalidMapping with all mistakes, or if the file can't be read
     */
    public static Mapping read(Optional<Path> file, Optional<Set<String>> accounts) {
        return MappingFile.read(name(file), bytes(file), accounts);
    }

    /** Returns the name of a mapping file, or of the built-in one, in messages. */
    public static String name(Optional<Path> file) {
        return file.map(Path::toString).orElse(BAKED_IN);
    }

    private static byte[] bytes(Optional<Path> file) {
        try (InputStream yaml = file.isPresent() ? Files.newInputStream(file.get()) : bakedIn(BAKED_IN)) {
            return yaml.readAllBytes();
        } catch (IOException e) {
            throw new InvalidMapping(List.of("mapping.file: expected a file that can be read, found " + name(file)));
        }
    }

    /** A file of the class path. */
    static InputStream bakedIn(String file) {
        return Thread.currentThread().getContextClassLoader().getResourceAsStream(file);
    }
}
