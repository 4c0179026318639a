package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Remembers that a page of the file turned out unreadable while it is in use. From then on nothing new is taken and the
 * spool is not ready; what can be read is still delivered.
 */
final class CorruptionState {

    private static final Logger LOG = Logger.getLogger(CorruptionState.class);

    private final Path file;
    private volatile SpoolUnavailable found;

    CorruptionState(Path file) {
        this.file = file;
    }

    /** Notes a failure if it is damage; says so once. */
    synchronized void note(Throwable failure) {
        if (found == null && FileCheck.isDamage(failure)) {
            found = new SpoolUnavailable("spool.dir: " + file + " is damaged, " + failure.getMessage(), failure);
            LOG.errorf(
                    "%s; nothing new is taken, what can be read is delivered. The next start tells what to do",
                    found.getMessage());
        }
    }

    Optional<SpoolUnavailable> found() {
        return Optional.ofNullable(found);
    }
}
