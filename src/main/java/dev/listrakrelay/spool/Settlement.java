package dev.listrakrelay.spool;

import java.time.Instant;

/** The outcome of an event that left the spool. */
public sealed interface Settlement {

    /** The outcome, as the tally, the history and the delivery log name it. */
    String outcome();

    /** The reason for the outcome; empty if there is none. */
    String reason();

    /** The destination accepted the event. */
    record Delivered() implements Settlement {
        @Override
        public String outcome() {
            return "delivered";
        }

        @Override
        public String reason() {
            return "";
        }
    }

    /**
     * The event is stored in other spools.
     *
     * @param reason the accounts of these spools
     */
    record Forwarded(String reason) implements Settlement {
        @Override
        public String outcome() {
            return "forwarded";
        }
    }

    /** The event is not sent on purpose, for a reason such as {@code no_rule}. */
    record Dropped(String reason) implements Settlement {
        @Override
        public String outcome() {
            return "dropped";
        }
    }

    /** The event's contact was forgotten. */
    Dropped FORGOTTEN = new Dropped("forgotten");

    /**
     * The event can't be delivered. It becomes a dead letter with the reason and the destination's answer.
     *
     * @param request the request, of which the first 2,000 characters are kept; empty if nothing was sent
     */
    record Dead(String reason, String answer, String request) implements Settlement {
        private static final int MOST_OF_A_REQUEST = 2_000;

        public Dead {
            request = request.substring(0, Math.min(request.length(), MOST_OF_A_REQUEST));
        }

        /** A dead letter of an event that was not sent. */
        public Dead(String reason, String answer) {
            this(reason, answer, "");
        }

        /** A dead letter of an event that can't be mapped. */
        public static Dead unmappable(String why) {
            return new Dead("mapping_failed", why);
        }

        @Override
        public String outcome() {
            return "dead";
        }
    }

    /** The event is tried again at a time. The later events of its contact wait for it. */
    record Retry(Instant at, String reason) implements Settlement {
        public static final String OUTCOME = "retried";

        @Override
        public String outcome() {
            return OUTCOME;
        }
    }
}
