package dev.listrakrelay.admin;

import io.vertx.ext.web.RoutingContext;

/**
 * Stores what a caller may do: {@code admin.token} allows every call, {@code admin.read-token} only calls that read, with masked
 * addresses.
 */
enum AdminRights {
    EVERYTHING,
    READING;

    private static final String KEY = "adminAccess";

    /** Notes what this call's token allows. */
    void grant(RoutingContext http) {
        http.put(KEY, this);
    }

    /** Returns true if the answer has to mask addresses. This includes calls without a token. */
    static boolean isMasked(RoutingContext http) {
        return http.get(KEY) != EVERYTHING;
    }

    /** Lets a call through that changes something. */
    static void toChange(RoutingContext http) {
        if (http.get(KEY) != EVERYTHING) {
            throw new AdminRefusal(
                    403, "Authorization: expected the admin token, found the read token, which may change nothing");
        }
        http.next();
    }
}
