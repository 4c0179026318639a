package dev.listrakrelay.listrak;

import java.time.Duration;

/** A request that did not end well, named for what it means; {@code routes/90-failures} says what is done about it. */
public abstract sealed class ListrakFailure extends RuntimeException {

    private final String answer;

    private ListrakFailure(String message, String answer) {
        super(message);
        this.answer = answer;
    }

    /** What Listrak said, at most 2,000 characters; empty if it said nothing. */
    public String answer() {
        return answer;
    }

    /** 408, 425, 429, 5xx: Listrak can't take it now, and no event is at fault. */
    public static final class Unavailable extends ListrakFailure {
        Unavailable(String message, String answer) {
            super(message, answer);
        }
    }

    /** The same, with a {@code Retry-After}. */
    public static final class AskedToWait extends ListrakFailure {
        private final Duration retryAfter;

        AskedToWait(String message, String answer, Duration retryAfter) {
            super(message, answer);
            this.retryAfter = retryAfter;
        }

        /** How long, as Listrak said it: 0 or more. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** 401: the token was refused; it was dropped, and the next try fetches a new one. */
    public static final class Unauthorized extends ListrakFailure {
        Unauthorized(String answer) {
            super("listrak.api-url: token refused with status 401; is the integration paused?", answer);
        }
    }

    /** 403, 404, a redirect, refused credentials, a bad certificate: the cause is ours or the account's. */
    public static final class Closed extends ListrakFailure {
        Closed(String message, String answer) {
            super(message, answer);
        }
    }

    /** It was not sent: Listrak is parked, and this is no probe. */
    public static final class Parked extends ListrakFailure {
        Parked(String reason) {
            super(reason, "");
        }
    }

    /** 400, 413: something in the request is not to Listrak's liking. */
    public static final class Rejected extends ListrakFailure {
        private final int status;

        Rejected(int status, String answer) {
            super("listrak.api-url: request rejected with status " + status, answer);
            this.status = status;
        }

        /** 400 or 413. */
        public int status() {
            return status;
        }
    }

    /** Any other 4xx: trying again can't help. */
    public static final class Refused extends ListrakFailure {
        Refused(int status, String answer) {
            super("listrak.api-url: request refused with status " + status, answer);
        }
    }

    /** Bytes were sent and no whole answer came: Listrak may have taken it. */
    public static final class Ambiguous extends ListrakFailure {
        Ambiguous(String message) {
            super(message, "");
        }
    }

    /** Listrak could not be reached: nothing was sent. */
    public static final class Unreachable extends ListrakFailure {
        Unreachable(String message) {
            super(message, "");
        }
    }
}
