package dev.listrakrelay.spool.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the identities that were used last in memory, by key. Only one thread may use it at a time. */
public final class LatestIdentities extends LinkedHashMap<String, KnownIdentity> {

    private final int most;

    /** @param most the number of identities to keep */
    public LatestIdentities(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, KnownIdentity> eldest) {
        return size() > most;
    }
}
