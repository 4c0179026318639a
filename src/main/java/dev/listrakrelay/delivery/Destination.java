package dev.listrakrelay.delivery;

import dev.listrakrelay.spool.DestinationGate;
import dev.listrakrelay.spool.camel.SpoolExchange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.jboss.logging.Logger;

/**
 * Decides whether the relay may send requests to a destination. While the destination is parked, one probe passes from time
 * to time. While it has asked the relay to wait, no request passes. The relay accepts events in both cases.
 */
public class Destination implements DestinationGate {

    private static final Logger LOG = Logger.getLogger(Destination.class);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final String name;
    private final Duration maxAge;
    private final Clock clock;
    private final Clock steady;
    private final DestinationConfig config;
    private RequestMeters requests = RequestMeters.NONE;
    private Pace pace = Pace.NONE;
    private Parking parked;
    private Instant waitUntil = Instant.EPOCH;
    private Instant nextProbe = Instant.EPOCH;
    private Duration probeInterval;
    private boolean isProbePermitted;

    /**
     * The state of a parked destination.
     *
     * @param reason the problem to fix
     * @param since the time when it was parked
     */
    public record Parking(String reason, Instant since) {}

    /**
     * @param name its name in the log, in metrics and on the page
     * @param maxAge the age at which an event becomes a dead letter if its delivery fails
     * @param clock gives the times that operators see
     * @param steady measures the waiting times; changes of the machine's clock do not affect it
     */
    Destination(String name, Duration maxAge, Clock clock, Clock steady, DestinationConfig config) {
        this.name = name;
        this.maxAge = maxAge;
        this.clock = clock;
        this.steady = steady;
        this.config = config;
    }

    /** Returns the destination of the exchange's spool; empty if the spool has none. */
    public static Optional<Destination> of(Exchange exchange) {
        return Optional.ofNullable(SpoolExchange.gate(exchange))
                .filter(Destination.class::isInstance)
                .map(Destination.class::cast);
    }

    Destination measuredBy(RequestMeters histograms) {
        requests = histograms;
        return this;
    }

    Destination pacedBy(Pace limit) {
        pace = limit;
        return this;
    }

    RequestMeters requests() {
        return requests;
    }

    public String name() {
        return name;
    }

    Duration maxAge() {
        return maxAge;
    }

    /** Returns true if requests may pass, or if the destination is parked and the next probe is due. */
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
            scheduleProbe();
            isProbePermitted = true;
        }
        return true;
    }

    /** Returns the most events that may leave in a second, on average; empty without a limit. */
    public Optional<Long> maxEventsPerSecond() {
        return pace.limit();
    }

    /** Returns the seconds that requests have waited because of that limit, since the start. */
    public double pacedSeconds() {
        return pace.waitedSeconds();
    }

    /**
     * Waits until a request with this many events may leave by the limit of events per second.
     *
     * @param isEnding whether the batch must end, because the relay stops or the lane moves to another process
     * @throws DeliveryFailure.NotSent if the batch must end first
     */
    public void awaitTurn(int events, BooleanSupplier isEnding) throws InterruptedException {
        if (!pace.awaitTurn(events, isEnding)) {
            throw new DeliveryFailure.NotSent(name + ": the relay stops, or the lane moves to another process");
        }
    }

    /**
     * Permits one request. While the destination is parked, a probe may send one request only, so its retry and its next
     * request fail. Requests that were under way when the destination was parked fail too. So do requests of a batch that began
     * before the destination asked the relay to wait.
     *
     * @throws DeliveryFailure.NotSent if the request may not be sent
     */
    public synchronized void permitRequest() {
        if (parked != null && !isProbePermitted) {
            throw new DeliveryFailure.NotSent(parked.reason());
        }
        if (steady.instant().isBefore(waitUntil)) {
            throw new DeliveryFailure.NotSent(name + ": asked the relay to wait");
        }
        isProbePermitted = false;
    }

    private Instant opensAt() {
        return parked != null && nextProbe.isAfter(waitUntil) ? nextProbe : waitUntil;
    }

    private void scheduleProbe() {
        nextProbe = steady.instant().plus(probeInterval);
        probeInterval = shorter(probeInterval.multipliedBy(2), config.maximumProbeInterval());
    }

    /** Parks the destination until a probe succeeds, and logs this once. */
    public synchronized void park(String reason) {
        if (parked == null) {
            LOG.warnf("%s: parked, %s; the relay sends probes and resumes by itself", name, reason);
            parked = new Parking(reason, clock.instant());
            probeInterval = config.probeInterval();
            scheduleProbe();
        }
    }

    /** Sends nothing for as long as the destination asked, from 1 s to 1 h. */
    public synchronized void askedToWait(Duration retryAfter) {
        Duration wait = shorter(retryAfter.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : retryAfter, LONGEST_WAIT);
        Instant until = steady.instant().plus(wait);
        waitUntil = until.isAfter(waitUntil) ? until : waitUntil;
    }

    /**
     * Ends the parking. Call it when the destination has examined a request, even if it rejected the events: the cause of the
     * parking is fixed then.
     */
    public synchronized void resume() {
        if (parked != null) {
            LOG.infof("%s: resumed, it was parked since %s", name, parked.since());
            parked = null;
            notifyAll();
        }
    }

    /** Permits the next request now, whether the destination is parked or asked the relay to wait. */
    public synchronized void tryNow() {
        waitUntil = Instant.EPOCH;
        nextProbe = Instant.EPOCH;
        notifyAll();
    }

    /** Returns why and since when the destination is parked; empty if it is not. */
    public synchronized Optional<Parking> parked() {
        return Optional.ofNullable(parked);
    }

    /** Returns the end of the time that the destination asked the relay to wait; empty if it is over or there was none. */
    public synchronized Optional<Instant> askedToWaitUntil() {
        Duration left = Duration.between(steady.instant(), waitUntil);
        return left.compareTo(Duration.ZERO) > 0 ? Optional.of(clock.instant().plus(left)) : Optional.empty();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
