package dev.listrakrelay.spool.sqlite;

import org.jboss.logging.Logger;
import org.sqlite.SQLiteException;

/**
 * Ends the process after a failed fsync: the content of the disk is unknown, and a second fsync may wrongly succeed.
 */
final class FailedFsync {

    private static final Logger LOG = Logger.getLogger(FailedFsync.class);
    private static final int EXIT = 74;

    private FailedFsync() {}

    /** Ends the process with exit code 74 if the failure is one of fsync. */
    static void endProcess(String spool, Throwable cause) {
        if (cause instanceof SQLiteException e) {
            String code = e.getResultCode().name();
            if (code.startsWith("SQLITE_IOERR") && code.endsWith("FSYNC")) {
                LOG.fatalf("spool %s: fsync failed, so the content of the disk is unknown; the relay stops now", spool);
                Runtime.getRuntime().halt(EXIT);
            }
        }
    }
}
