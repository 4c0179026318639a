package dev.listrakrelay.spool;

import java.util.Set;

/** Where an engine keeps its spools: a folder, a cluster. */
public interface SpoolStore extends AutoCloseable {

    /**
     * Opens a spool, or makes it.
     *
     * @throws SpoolUnavailable if it can't be opened
     */
    Spool open(String name, SpoolLimits retention);

    /** The names of all that were made, opened or not. */
    Set<String> made();

    /** Lets go of it, once its spools are closed. */
    @Override
    void close();
}
