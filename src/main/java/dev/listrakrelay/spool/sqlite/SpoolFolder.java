package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.SpoolStore;
import dev.listrakrelay.spool.SpoolUnavailable;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps each spool in a file of one folder. From the first open spool on, no other process can use the folder. */
public final class SpoolFolder implements SpoolStore {

    /** The mode of each file in the folder. */
    static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = mode("rw-------");

    private static final String ENDING = ".db";

    private final Path dir;
    private final int lanes;
    private final Clock clock;
    private FileChannel lock;

    public SpoolFolder(Path dir, int lanes, Clock clock) {
        this.dir = dir;
        this.lanes = lanes;
        this.clock = clock;
    }

    @Override
    public Spool open(String name, SpoolLimits limits) {
        if (lock == null) {
            lock = lock(dir);
        }
        return new SqliteSpool(dir, name, lanes, clock, limits);
    }

    @Override
    public Set<String> made() {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ENDING))
                    .map(file -> file.substring(0, file.length() - ENDING.length()))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new SpoolUnavailable("spool.dir: can't list the files of " + dir + ", " + e, e);
        }
    }

    /** Says why a folder can't keep spools; empty if it can. It creates the folder if there is none. */
    public static List<String> mistakes(Path dir) {
        try (FileChannel free = lock(dir)) {
            return FileCheck.mistakes(dir);
        } catch (SpoolUnavailable | IOException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /** Whether a process has open spools in a folder. */
    public static boolean isInUse(Path dir) {
        return mistakes(dir).contains(inUse(dir).getMessage());
    }

    private static FileChannel lock(Path dir) {
        try {
            if (!Files.isDirectory(dir)) {
                Files.createDirectories(dir, mode("rwx------"));
            }
            FileChannel channel = FileChannel.open(
                    dir.resolve("lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_ONLY);
            FileLock held = channel.tryLock();
            if (held == null) {
                throw inUse(dir);
            }
            return channel;
        } catch (OverlappingFileLockException e) {
            throw inUse(dir);
        } catch (IOException e) {
            throw new SpoolUnavailable(
                    "spool.dir: expected a writable folder, found " + dir.toAbsolutePath() + ": " + e, e);
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

    @Override
    public void close() {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                throw new SpoolUnavailable("spool.dir: can't unlock " + dir + ", " + e.getMessage(), e);
            }
            lock = null;
        }
    }
}
