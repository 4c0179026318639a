package dev.listrakrelay.admin;

import io.vertx.ext.web.RoutingContext;

/** What a caller may do: with {@code admin.token} everything, with {@code admin.read-token} look, with addresses masked. */
enum AdminAccess {
    EVERYTHING,
    READING;

    private static final String KEY = "adminAccess";

    /** Notes what this call's token allows. */
    void give(RoutingContext http) {
        http.put(KEY, this);
    }

    /** Whether addresses are masked; also of a caller who showed no token. */
    static boolean isMasked(RoutingContext http) {
        return http.get(KEY) != EVERYTHING;
    }

    /** Lets a call through that changes something. */
    static void toChange(RoutingContext http) {
        if (http.get(KEY) != EVERYTHING) {
            throw new AdminRefusal(
                    403, "Authorization: expected the admin token, found the read token, which changes nothing");
        }
        http.next();
    }
}
