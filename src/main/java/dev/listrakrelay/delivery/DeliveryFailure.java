package dev.listrakrelay.delivery;

import java.time.Duration;

/**
 * A failed request, named for its meaning. {@code routes/90-failures} and {@code routes/91-webhook-failures} define how the
 * relay handles each kind.
 */
public abstract sealed class DeliveryFailure extends RuntimeException {

    private final String answer;
    private int status;

    private DeliveryFailure(String message, String answer) {
        super(message);
        this.answer = answer;
    }

    /** Returns the destination's answer, at most 2,000 characters; empty without an answer. */
    public String answer() {
        return answer;
    }

    /** Returns the HTTP status of the answer; 0 without an answer. */
    public int status() {
        return status;
    }

    DeliveryFailure withStatus(int answered) {
        status = answered;
        return this;
    }

    /** Returns whether the destination examined the request and rejected its content, so that a retry can't help. */
    public boolean isCausedByRequest() {
        return this instanceof Rejected || this instanceof Refused;
    }

    /** Returns the reason of the dead letters that this failure causes, as one word. */
    public String reason() {
        return "refused";
    }

    /** 408, 425, 429 or 5xx: the destination can't accept the request now. The events are not the cause. */
    public static final class Unavailable extends DeliveryFailure {
        public Unavailable(String message, String answer) {
            super(message, answer);
        }
    }

    /** 408, 425, 429 or 5xx with a {@code Retry-After} header. */
    public static final class AskedToWait extends DeliveryFailure {
        private final Duration retryAfter;

        AskedToWait(String message, String answer, Duration retryAfter) {
            super(message, answer);
            this.retryAfter = retryAfter;
        }

        /** Returns the time of the {@code Retry-After} header, 0 or longer. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** 401: the destination rejected the credentials. For Listrak that is the token; the next attempt fetches a new one. */
    public static final class Unauthorized extends DeliveryFailure {
        Unauthorized(String message, String answer) {
            super(message, answer);
        }
    }

    /**
     * 403, 404, a redirect, rejected credentials, an untrusted certificate or a forbidden address. The cause is the
     * configuration or the account, not an event.
     */
    public static final class Closed extends DeliveryFailure {
        public Closed(String message, String answer) {
            super(message, answer);
        }
    }

    /** The request was not sent: the destination is closed and the request is not a probe, or the batch had to end. */
    public static final class NotSent extends DeliveryFailure {
        NotSent(String reason) {
            super(reason, "");
        }
    }

    /** 400 or 413: the destination rejected something in the request. */
    public static final class Rejected extends DeliveryFailure {
        Rejected(String message, String answer) {
            super(message, answer);
        }

        @Override
        public String reason() {
            return status() == 413 ? "too_large" : "rejected";
        }
    }

    /** Any other 4xx: the destination rejected the request, and a retry can't help. */
    public static final class Refused extends DeliveryFailure {
        Refused(String message, String answer) {
            super(message, answer);
        }
    }

    /** The request was sent, but no complete answer arrived. The destination may have accepted it. */
    public static final class Ambiguous extends DeliveryFailure {
        private final String cause;

        Ambiguous(String message, String cause) {
            super(message, "");
            this.cause = cause;
        }

        /** Returns the cause in few words, such as {@code time-out}. */
        public String causeWords() {
            return cause;
        }
    }

    /** The relay could not connect to the destination, so it sent nothing. */
    public static final class Unreachable extends DeliveryFailure {
        public Unreachable(String message) {
            super(message, "");
        }
    }
}
