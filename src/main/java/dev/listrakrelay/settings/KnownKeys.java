package dev.listrakrelay.settings;

import java.util.List;

/** Lists the keys that an operator can set. */
public interface KnownKeys {

    /**
     * Returns all keys of the relay, and the keys of the HTTP servers in {@code application.properties}. Keys of webhooks,
     * accounts and shapes are included for each name that is configured.
     */
    List<String> all();
}
