package dev.listrakrelay.spool;

import java.util.Set;

/** Opens the spools of an engine: files of a folder, or topics of a cluster. */
public interface SpoolStore extends AutoCloseable {

    /**
     * Opens a spool. It creates the spool if there is none.
     *
     * @throws SpoolUnavailable if it can't be opened
     */
    Spool open(String name, SpoolLimits limits);

    /** The names of all existing spools, open or not. */
    Set<String> made();

    /** Frees the folder or the connections. Call it after all spools are closed. */
    @Override
    void close();
}
