package dev.listrakrelay.file;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.strategy.MarkerFileExclusiveReadLockStrategy;
import org.jboss.logging.Logger;

/**
 * Accepts a file when it has not changed since the previous poll. A file that still grows, or that can't be read, stays in
 * the folder and does not block the other files.
 */
@Singleton
@Named("wholeFiles")
public class WholeFiles extends MarkerFileExclusiveReadLockStrategy {

    private static final Logger LOG = Logger.getLogger(WholeFiles.class);

    private final Map<Path, Version> versions = new ConcurrentHashMap<>();

    private record Version(long size, FileTime modified) {}

    @Override
    public boolean acquireExclusiveReadLock(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) throws Exception {
        Path path = file.getFile().toPath();
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                LOG.warn(
                        "file " + path.getFileName() + ": not readable, stays in the folder, expected a readable file");
            }
            return false;
        }
        return isUnchanged(path) && super.acquireExclusiveReadLock(operations, file, exchange);
    }

    private boolean isUnchanged(Path path) throws IOException {
        Version now = new Version(Files.size(path), Files.getLastModifiedTime(path));
        if (now.equals(versions.put(path, now))) {
            versions.remove(path);
            return true;
        }
        return false;
    }
}
