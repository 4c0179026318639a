package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Remembers that a page of the file in use is damaged. From then on the spool accepts no new events and is not ready.
 * It still delivers the events that it can read.
 */
final class CorruptionState {

    private static final Logger LOG = Logger.getLogger(CorruptionState.class);

    private final Path file;
    private volatile SpoolUnavailable found;

    CorruptionState(Path file) {
        this.file = file;
    }

    /** Notes a failure if it means corruption, and logs the first one. */
    synchronized void note(Throwable failure) {
        if (found == null && FileCheck.isDamage(failure)) {
            found = new SpoolUnavailable("spool.dir: " + file + " is damaged, " + failure.getMessage(), failure);
            LOG.errorf(
                    "%s; the spool accepts no events and delivers those it can read. The next start says how to repair it",
                    found.getMessage());
        }
    }

    Optional<SpoolUnavailable> found() {
        return Optional.ofNullable(found);
    }
}
