package dev.listrakrelay.delivery;

import java.time.Duration;

/**
 * A request that did not end well, named for what it means; {@code routes/90-failures} and {@code
 * routes/91-webhook-failures} say what is done about it.
 */
public abstract sealed class DeliveryFailure extends RuntimeException {

    private final String answer;
    private int status;

    private DeliveryFailure(String message, String answer) {
        super(message);
        this.answer = answer;
    }

    /** What the destination said, at most 2,000 characters; empty if it said nothing. */
    public String answer() {
        return answer;
    }

    /** The status of the answer; 0 where there was none. */
    public int status() {
        return status;
    }

    DeliveryFailure answeredWith(int given) {
        status = given;
        return this;
    }

    /** 400, 413 and any other 4xx without a name of its own: the request was looked at, and won't do however often it comes. */
    public boolean isOfTheRequest() {
        return this instanceof Rejected || this instanceof Refused;
    }

    /** Why its events are dead letters, where they are: in a word. */
    public String reason() {
        return "refused";
    }

    /** 408, 425, 429, 5xx: the destination can't take it now, and no event is at fault. */
    public static final class Unavailable extends DeliveryFailure {
        public Unavailable(String message, String answer) {
            super(message, answer);
        }
    }

    /** The same, with a {@code Retry-After}. */
    public static final class AskedToWait extends DeliveryFailure {
        private final Duration retryAfter;

        AskedToWait(String message, String answer, Duration retryAfter) {
            super(message, answer);
            this.retryAfter = retryAfter;
        }

        /** How long, as it was said: 0 or more. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** 401: the credentials were refused; for Listrak that is a token, and the next try fetches a new one. */
    public static final class Unauthorized extends DeliveryFailure {
        Unauthorized(String message, String answer) {
            super(message, answer);
        }
    }

    /** 403, 404, a redirect, refused credentials, a bad certificate or address: the cause is ours or the account's. */
    public static final class Closed extends DeliveryFailure {
        public Closed(String message, String answer) {
            super(message, answer);
        }
    }

    /** It was not sent: the destination is parked, and this is no probe. */
    public static final class Parked extends DeliveryFailure {
        Parked(String reason) {
            super(reason, "");
        }
    }

    /** 400, 413: something in the request is not to the destination's liking. */
    public static final class Rejected extends DeliveryFailure {
        Rejected(String message, String answer) {
            super(message, answer);
        }

        @Override
        public String reason() {
            return status() == 413 ? "too_large" : "rejected";
        }
    }

    /** Any other 4xx: trying again can't help. */
    public static final class Refused extends DeliveryFailure {
        Refused(String message, String answer) {
            super(message, answer);
        }
    }

    /** Bytes were sent and no whole answer came: they may have been taken. */
    public static final class Ambiguous extends DeliveryFailure {
        Ambiguous(String message) {
            super(message, "");
        }
    }

    /** The destination could not be reached: nothing was sent. */
    public static final class Unreachable extends DeliveryFailure {
        public Unreachable(String message) {
            super(message, "");
        }
    }
}
