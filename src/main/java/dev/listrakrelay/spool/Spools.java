package dev.listrakrelay.spool;

import dev.listrakrelay.spool.sqlite.FileCheck;
import dev.listrakrelay.spool.sqlite.SqliteSpool;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Opens each spool once, in a folder that belongs to this process alone. */
@ApplicationScoped
public class Spools {

    private final SpoolConfig config;
    private final IdentityConfig identity;
    private final Clock clock;
    private final SpoolMeters meters;
    private final Map<String, Spool> open = new ConcurrentHashMap<>();
    private FileChannel lock;

    Spools(SpoolConfig config, IdentityConfig identity, Clock clock, SpoolMeters meters) {
        this.meters = meters;
        this.config = config;
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * The spool of that name, opened or made where it isn't yet.
     *
     * @throws SpoolUnavailable if its folder is in use by another process or can't be written
     */
    public synchronized Spool named(String name) {
        if (lock == null) {
            lock = lock(config.dir());
        }
        return open.computeIfAbsent(name, this::open);
    }

    private Spool open(String name) {
        Spool spool = new SqliteSpool(config.dir(), name, config.lanes(), clock, Retention.of(config, identity, name));
        meters.watch(name, spool);
        return spool;
    }

    /** Whether there is a spool of that name in the folder, opened or not. */
    public boolean isMade(String name) {
        return made(name).contains(name);
    }

    /** The names of the spools in the folder that begin so. */
    public Set<String> made(String beginning) {
        try (Stream<Path> files = Files.list(config.dir())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith(beginning) && file.endsWith(".db"))
                    .map(file -> file.substring(0, file.length() - ".db".length()))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new SpoolUnavailable("spool.dir: can't be listed, " + e, e);
        }
    }

    /** The spools opened so far, by name. */
    public Map<String, Spool> opened() {
        return Map.copyOf(open);
    }

    /** All whose files are in the folder, by name; those that nobody used so far are opened. */
    public synchronized Map<String, Spool> stored() {
        String ending = ".db";
        try (Stream<Path> files = Files.list(config.dir())) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ending))
                    .forEach(file -> named(file.substring(0, file.length() - ending.length())));
            return opened();
        } catch (IOException e) {
            throw new SpoolUnavailable("spool.dir: " + config.dir() + " can't be read", e);
        }
    }

    /** Says why a folder can't be a spool's now; empty if it can. It is made where there is none. */
    public static List<String> mistakes(Path dir) {
        try (FileChannel free = lock(dir)) {
            return FileCheck.mistakes(dir);
        } catch (SpoolUnavailable | IOException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static FileChannel lock(Path dir) {
        try {
            if (!Files.isDirectory(dir)) {
                Files.createDirectories(dir, mode("rwx------"));
            }
            FileChannel channel = FileChannel.open(
                    dir.resolve("lock"),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    mode("rw-------"));
            FileLock held = channel.tryLock();
            if (held == null) {
                throw inUse(dir);
            }
            return channel;
        } catch (OverlappingFileLockException e) {
            throw inUse(dir);
        } catch (IOException e) {
            throw new SpoolUnavailable(
                    "spool.dir: expected a folder that can be written, found " + dir.toAbsolutePath() + ": " + e, e);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }

    private static SpoolUnavailable inUse(Path dir) {
        return new SpoolUnavailable(
                "spool.dir: " + dir.toAbsolutePath()
                        + " is in use by another process; stop it, or set another spool.dir",
                null);
    }

    @PreDestroy
    synchronized void close() throws IOException {
        open.values().forEach(Spool::close);
        open.clear();
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }
}
