package dev.listrakrelay.mapping;

import dev.listrakrelay.log.Plural;
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
    private static final String BUILT_IN = "routes/mappings/listrak.mapping.yaml";

    private final Optional<Path> file;
    private final Optional<Set<String>> accounts;
    private final Clock clock;
    private final MappingVersions versions;
    private byte[] lastRead;
    private byte[] lastChecked;
    private volatile Active active;
    private volatile RejectedFile rejected;

    /**
     * The active mapping.
     *
     * @param yaml its text, UTF-8
     */
    public record Active(Mapping mapping, Instant since, byte[] yaml) {}

    /** The mistakes of a rejected file, and since when it is rejected. */
    public record RejectedFile(List<String> mistakes, Instant since) {}

    CurrentMapping(
            MappingConfig config,
            AccountNames accountNames,
            Clock clock,
            MappingVersions versions,
            MeterRegistry meters) {
        this.file = config.file();
        this.versions = versions;
        this.accounts = Optional.of(accountNames.all());
        this.clock = clock;
        this.lastRead = bytes(file);
        this.lastChecked = lastRead;
        activate(MappingFile.read(name(file), lastRead, accounts), lastRead);
        Gauge.builder("listrak.relay.mapping.refused", this, mapping -> mapping.rejected == null ? 0 : 1)
                .register(meters);
        Gauge.builder("listrak.relay.mapping.rules", this, mapping -> mapping.get()
                        .rules()
                        .size())
                .register(meters);
        Gauge.builder(
                        "listrak.relay.mapping.loaded.timestamp",
                        this,
                        mapping -> mapping.active.since().toEpochMilli() / 1e3)
                .baseUnit("seconds")
                .register(meters);
    }

    /** Returns the active mapping. */
    public Mapping get() {
        return active.mapping();
    }

    /** Returns the active mapping with its text, and since when it is active. */
    public Active active() {
        return active;
    }

    /** Returns the mistakes in the file; empty if the file is active. */
    public Optional<RejectedFile> rejected() {
        return Optional.ofNullable(rejected);
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
            try (InputStream yaml = builtIn(cases.orElseThrow())) {
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
    synchronized void check() {
        byte[] content = bytesOrNull();
        boolean isUnchanged = Arrays.equals(content, lastRead);
        lastRead = content;
        if (isUnchanged && !Arrays.equals(content, lastChecked)) {
            lastChecked = content;
            activateOrReject(content);
        }
    }

    private void activateOrReject(byte[] yaml) {
        try {
            byte[] content = yaml == null ? bytes(file) : yaml;
            activate(MappingFile.read(name(), content, accounts), content);
            rejected = null;
            LOG.infof(
                    "mapping: %s is active, %s", name(), Plural.of(get().rules().size(), "rule"));
        } catch (InvalidMapping e) {
            rejected = new RejectedFile(e.mistakes(), clock.instant());
            LOG.warnf(
                    "mapping: %s rejected, the previous mapping stays active\n  %s",
                    name(), String.join("\n  ", e.mistakes()));
        }
    }

    private void activate(Mapping mapping, byte[] yaml) {
        active = new Active(mapping, clock.instant(), yaml);
        versions.save(yaml, active.since());
        mapping.warnings().forEach(warning -> LOG.warnf("mapping: %s: %s", name(), warning));
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
        return file.map(Path::toString).orElse(BUILT_IN);
    }

    private static byte[] bytes(Optional<Path> file) {
        try (InputStream yaml = file.isPresent() ? Files.newInputStream(file.get()) : builtIn(BUILT_IN)) {
            return yaml.readAllBytes();
        } catch (IOException e) {
            throw new InvalidMapping(
                    List.of("mapping.file: not readable, expected a readable file, found " + name(file)));
        }
    }

    /** Opens a file of the class path. */
    static InputStream builtIn(String file) {
        return Thread.currentThread().getContextClassLoader().getResourceAsStream(file);
    }
}
