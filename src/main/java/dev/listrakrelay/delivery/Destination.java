package dev.listrakrelay.delivery;

import dev.listrakrelay.spool.Gate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jboss.logging.Logger;

/**
 * Knows whether a destination may be sent to. Parked, because the cause is ours or the account's, it lets one probe through
 * from time to time; asked to wait, it lets nothing through. Intake goes on in either case.
 */
public class Destination implements Gate {

    private static final Logger LOG = Logger.getLogger(Destination.class);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final String name;
    private final Duration maxAge;
    private final Clock clock;
    private final Clock steady;
    private final DestinationConfig config;
    private Parked parked;
    private Instant waitUntil = Instant.EPOCH;
    private Instant nextProbe = Instant.EPOCH;
    private Duration probeInterval;
    private boolean isProbeLeft;

    /**
     * Why nothing is sent.
     *
     * @param reason what to mend
     * @param since when it was parked
     */
    public record Parked(String reason, Instant since) {}

    /**
     * @param name as operators know it
     * @param maxAge how old an event may get before it is a dead letter when its delivery fails
     * @param clock tells operators since when and until when
     * @param steady tells how long to wait; nobody sets it
     */
    Destination(String name, Duration maxAge, Clock clock, Clock steady, DestinationConfig config) {
        this.name = name;
        this.maxAge = maxAge;
        this.clock = clock;
        this.steady = steady;
        this.config = config;
    }

    /** The one that stands at the gate of this exchange's spool. */
    public static Optional<Destination> of(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(Gate.PROPERTY))
                .filter(Destination.class::isInstance)
                .map(Destination.class::cast);
    }

    public String name() {
        return name;
    }

    Duration maxAge() {
        return maxAge;
    }

    /** Lets everyone through while open, and while parked one probe when it is time for it. */
    @Override
    public synchronized boolean awaitOpen(Duration patience) throws InterruptedException {
        long closedFor = Duration.between(steady.instant(), opensAt()).toMillis();
        if (closedFor > 0) {
            wait(Math.min(patience.toMillis(), closedFor));
        }
        if (steady.instant().isBefore(opensAt())) {
            return false;
        }
        if (parked != null) {
            probeLater();
            isProbeLeft = true;
        }
        return true;
    }

    /**
     * Takes leave to send one request. While parked, a probe has it once: its second try and its next request have not,
     * nor has what was on its way when it was parked.
     *
     * @throws DeliveryFailure.Parked without it
     */
    public synchronized void takeLeaveToSend() {
        if (parked != null && !isProbeLeft) {
            throw new DeliveryFailure.Parked(parked.reason());
        }
        isProbeLeft = false;
    }

    private Instant opensAt() {
        return parked != null && nextProbe.isAfter(waitUntil) ? nextProbe : waitUntil;
    }

    private void probeLater() {
        nextProbe = steady.instant().plus(probeInterval);
        probeInterval = shorter(probeInterval.multipliedBy(2), config.maximumProbeInterval());
    }

    /** Closes until the cause is mended; says so once. */
    public synchronized void park(String reason) {
        if (parked == null) {
            LOG.warnf(
                    "%s: parked, %s; probing every %s or less often, resumes by itself",
                    name, reason, config.probeInterval());
            parked = new Parked(reason, clock.instant());
            probeInterval = config.probeInterval();
            probeLater();
        }
    }

    /** Waits as long as it asked, 1 s to 1 h. */
    public synchronized void closeFor(Duration retryAfter) {
        Duration wait = shorter(retryAfter.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : retryAfter, LONGEST_WAIT);
        Instant until = steady.instant().plus(wait);
        waitUntil = until.isAfter(waitUntil) ? until : waitUntil;
    }

    /** It looked at events, whether it took them or not: what it was parked for is mended. */
    public synchronized void lookedAtEvents() {
        if (parked != null) {
            LOG.infof("%s: resumed, was parked since %s", name, parked.since());
            parked = null;
            notifyAll();
        }
    }

    /** Lets it be tried now, whatever it was closed for. */
    public synchronized void tryNow() {
        waitUntil = Instant.EPOCH;
        nextProbe = Instant.EPOCH;
        notifyAll();
    }

    /** Why nothing is sent; empty if it is. */
    public synchronized Optional<Parked> parked() {
        return Optional.ofNullable(parked);
    }

    /** Until when it asked us to wait; empty if it did not, or that is over. */
    public synchronized Optional<Instant> askedToWaitUntil() {
        Duration left = Duration.between(steady.instant(), waitUntil);
        return left.compareTo(Duration.ZERO) > 0 ? Optional.of(clock.instant().plus(left)) : Optional.empty();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
