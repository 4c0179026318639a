package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.SpoolConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Saves the text of each mapping that was active, so that the console can show later which mapping sent an event. The
 * files are in {@code mappings} under {@code spool.dir}; a file's name has the time of activation and a hash of the
 * text. The newest 200 are kept. If the relay can't save one, it works without it.
 */
@ApplicationScoped
public class MappingVersions {

    private static final Logger LOG = Logger.getLogger(MappingVersions.class);
    private static final String ENDING = ".mapping.yaml";
    private static final int MAX_VERSIONS = 200;
    private static final int HASH_LENGTH = 12;
    private static final int MILLIS_LENGTH = 13;

    private final Path folder;

    /**
     * A mapping that was active.
     *
     * @param hash the first 12 hex digits of the SHA-256 of its text
     * @param since when it became active
     */
    public record Version(String hash, Instant since, Path file) {

        /** Its text, UTF-8. */
        public byte[] yaml() {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new UncheckedIOException(file + ": not readable", e);
            }
        }
    }

    @Inject
    MappingVersions(SpoolConfig spool) {
        this(spool.dir().resolve("mappings"));
    }

    MappingVersions(Path folder) {
        this.folder = folder;
    }

    /** Saves a mapping that became active, unless it is the newest saved one. */
    synchronized void save(byte[] yaml, Instant since) {
        try {
            List<Version> versions = all();
            String hash = hash(yaml);
            if (!versions.isEmpty() && versions.get(versions.size() - 1).hash().equals(hash)) {
                return;
            }
            Files.createDirectories(folder);
            Path part = Files.write(folder.resolve("part"), yaml);
            String name = "%0" + MILLIS_LENGTH + "d-%s" + ENDING;
            Files.move(
                    part, folder.resolve(name.formatted(since.toEpochMilli(), hash)), StandardCopyOption.ATOMIC_MOVE);
            for (Version old : versions.subList(0, Math.max(0, versions.size() - MAX_VERSIONS + 1))) {
                Files.deleteIfExists(old.file());
            }
        } catch (IOException e) {
            LOG.warnf(
                    "%s: can't save the active mapping there, the console will not show it for its events, %s",
                    folder, e);
        }
    }

    /** Returns the mapping that was active at a time; empty if none is saved from before it. */
    public Optional<Version> at(Instant moment) {
        try {
            return all().stream()
                    .filter(version -> !version.since().isAfter(moment))
                    .reduce((earlier, later) -> later);
        } catch (IOException e) {
            LOG.warnf("%s: can't read the saved mappings, %s", folder, e);
            return Optional.empty();
        }
    }

    /** Returns all saved mappings, the oldest first. */
    private List<Version> all() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .flatMap(file -> read(file).stream())
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    /** Returns the version of a file; empty if the file's name has another format. */
    private static Optional<Version> read(Path file) {
        String[] name = file.getFileName().toString().replace(ENDING, "").split("-");
        return name.length == 2 && name[0].matches("\\d{" + MILLIS_LENGTH + "}")
                ? Optional.of(new Version(name[1], Instant.ofEpochMilli(Long.parseLong(name[0])), file))
                : Optional.empty();
    }

    /** Returns a mapping's hash: the first 12 hex digits of the SHA-256 of its text. */
    public static String hash(byte[] yaml) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(yaml);
            return HexFormat.of().formatHex(Arrays.copyOf(digest, HASH_LENGTH / 2));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
