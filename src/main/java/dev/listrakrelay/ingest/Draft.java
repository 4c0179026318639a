package dev.listrakrelay.ingest;

import java.util.HashMap;
import java.util.Map;

/** What is known of an event while it is read: its key members, and the first thing that is wrong with it. */
final class Draft {

    private final Map<String, String> members = new HashMap<>();
    private String contact;
    private int contactRank = Integer.MAX_VALUE;
    private String mistake;

    void member(String name, String value) {
        members.put(name, value);
    }

    /** The member's text, trimmed; null where there is none. */
    String member(String name) {
        String value = members.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Offers an address found by a path of the mapping; the path named first there wins. */
    void contact(String address, int rank) {
        if (rank < contactRank && address.indexOf('@') > 0) {
            contact = address;
            contactRank = rank;
        }
    }

    String contact() {
        return contact;
    }

    void reject(String reason) {
        if (mistake == null) {
            mistake = reason;
        }
    }

    String mistake() {
        return mistake;
    }
}
