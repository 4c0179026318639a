package dev.listrakrelay.spool;

import java.time.Instant;

/** What became of an event once its route is done with it. */
public sealed interface Settlement {

    /** Its destination has it. */
    record Delivered() implements Settlement {}

    /** It waits elsewhere for its destinations, which {@code to} names. */
    record Forwarded(String to) implements Settlement {}

    /** It is not wanted there, for a named reason such as {@code no_rule}. */
    record Dropped(String reason) implements Settlement {}

    /** Its contact is to be forgotten, and with it whatever is known of it. */
    Dropped FORGOTTEN = new Dropped("forgotten");

    /**
     * It can't be delivered as it is: kept among the dead letters with the reason and the destination's answer.
     *
     * @param request what was sent, of which 2,000 characters are kept; empty if nothing was
     */
    record Dead(String reason, String answer, String request) implements Settlement {
        private static final int MOST_OF_A_REQUEST = 2_000;

        public Dead {
            request = request.substring(0, Math.min(request.length(), MOST_OF_A_REQUEST));
        }

        /** One that nothing was sent of. */
        public Dead(String reason, String answer) {
            this(reason, answer, "");
        }

        /** One that no request could be made of. */
        public static Dead unmappable(String why) {
            return new Dead("mapping_failed", why);
        }
    }

    /** It is tried again at {@code at}, and the later events of its contact wait for it; {@code reason} says why. */
    record Retry(Instant at, String reason) implements Settlement {}
}
