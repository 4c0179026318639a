package dev.listrakrelay.settings;

import java.util.List;

/** Knows which keys an operator may set. */
public interface KnownKeys {

    /** Ours, those under names that are configured included, and what the sheet has of the HTTP servers. */
    List<String> all();
}
