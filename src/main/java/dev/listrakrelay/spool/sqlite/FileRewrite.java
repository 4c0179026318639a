package dev.listrakrelay.spool.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;

/**
 * Rewrites a spool's file on request (VACUUM) and empties its log, so that no byte of a deleted row is left. Appends
 * wait meanwhile, some seconds for a file of the largest size.
 */
final class FileRewrite {

    private static final Logger LOG = Logger.getLogger(FileRewrite.class);
    private static final long MOST_BYTES = 512L * 1024 * 1024;
    private static final int MOST_TRIES = 3;
    private static final String LIVE = "SELECT (page_count - freelist_count) * page_size"
            + " FROM pragma_page_count, pragma_freelist_count, pragma_page_size";

    private final Path file;
    private final Queue<CompletableFuture<Boolean>> requested = new ConcurrentLinkedQueue<>();

    FileRewrite(Path file) {
        this.file = file;
    }

    /**
     * Requests a rewrite. Completes with whether no deleted byte is left: false if the file is too large, if the disk
     * has no space for a copy, or if a reader uses an older state for long.
     */
    CompletableFuture<Boolean> request(GroupCommit commits) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        requested.add(done);
        // a rewrite happens after a commit
        commits.submit(() -> null, nothing -> {}).whenComplete((nothing, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
            }
        });
        return done;
    }

    /** Rewrites the file if that was requested. Call it between transactions. */
    void rewriteIfRequested(SpoolConnection writer) throws SQLException {
        CompletableFuture<Boolean> done = requested.poll();
        if (done == null) {
            return;
        }
        try {
            boolean isRewritten = hasSpace(writer) && rewrite(writer);
            done.complete(emptyLog(writer) && isRewritten);
        } catch (IOException | SQLException | RuntimeException e) {
            LOG.warnf("%s: can't rewrite the file, so it may contain bytes of deleted rows, %s", file, e.getMessage());
            done.complete(false);
            if (e instanceof SQLException failure) {
                throw failure;
            }
        }
    }

    private boolean hasSpace(SpoolConnection writer) throws SQLException, IOException {
        long live = writer.number(LIVE);
        return live <= MOST_BYTES && Files.getFileStore(file).getUsableSpace() > 3 * live;
    }

    private boolean rewrite(SpoolConnection writer) throws SQLException {
        try {
            writer.setAutoCommit(true);
            // in the spool's folder, because the system's folder for temporary files may be small or read-only
            writer.execute("PRAGMA temp_store=FILE");
            writer.execute("PRAGMA temp_store_directory='"
                    + file.toAbsolutePath().getParent().toString().replace("'", "''") + "'");
            writer.execute("VACUUM");
            return true;
        } finally {
            writer.setAutoCommit(false);
        }
    }

    private static boolean emptyLog(SpoolConnection writer) throws SQLException {
        boolean isBusy = true;
        for (int i = 0; i < MOST_TRIES && isBusy; i++) {
            isBusy = writer.pragma("PRAGMA wal_checkpoint(TRUNCATE)", row -> row.getBoolean(1));
        }
        return !isBusy;
    }
}
