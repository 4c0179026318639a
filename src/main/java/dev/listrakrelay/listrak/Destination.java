package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Gate;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Knows whether Listrak may be sent to. Parked, because the cause is ours or the account's, it lets one probe through
 * from time to time; asked to wait, it lets nothing through. Intake goes on in either case.
 */
@ApplicationScoped
@Named("listrakDestination")
public class Destination implements Gate {

    private static final Logger LOG = Logger.getLogger(Destination.class);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Clock clock;
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

    Destination(Clock clock, DestinationConfig config, MeterRegistry meters) {
        this.clock = clock;
        this.config = config;
        Gauge.builder(
                        "listrak.relay.parked",
                        this,
                        destination -> destination.parked().isPresent() ? 1 : 0)
                .tag("destination", "listrak")
                .register(meters);
    }

    /** Lets everyone through while open, and while parked one probe when it is time for it. */
    @Override
    public synchronized boolean awaitOpen(Duration patience) throws InterruptedException {
        long closedFor = Duration.between(clock.instant(), opensAt()).toMillis();
        if (closedFor > 0) {
            wait(Math.min(patience.toMillis(), closedFor));
        }
        if (clock.instant().isBefore(opensAt())) {
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
     * nor has what was on its way when Listrak was parked.
     *
     * @throws ListrakFailure.Parked without it
     */
    synchronized void takeLeaveToSend() {
        if (parked != null && !isProbeLeft) {
            throw new ListrakFailure.Parked(parked.reason());
        }
        isProbeLeft = false;
    }

    private Instant opensAt() {
        return parked != null && nextProbe.isAfter(waitUntil) ? nextProbe : waitUntil;
    }

    private void probeLater() {
        nextProbe = clock.instant().plus(probeInterval);
        probeInterval = shorter(probeInterval.multipliedBy(2), config.maximumProbeInterval());
    }

    /** Closes until the cause is mended; says so once. */
    synchronized void park(String reason) {
        if (parked == null) {
            LOG.warnf(
                    "listrak: parked, %s; probing every %s or less often, resumes by itself",
                    reason, config.probeInterval());
            parked = new Parked(reason, clock.instant());
            probeInterval = config.probeInterval();
            probeLater();
        }
    }

    /** Waits as long as Listrak asked, 1 s to 1 h. */
    synchronized void closeFor(Duration retryAfter) {
        Duration wait = shorter(retryAfter.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : retryAfter, LONGEST_WAIT);
        Instant until = clock.instant().plus(wait);
        waitUntil = until.isAfter(waitUntil) ? until : waitUntil;
    }

    /** Listrak looked at events, whether it took them or not: what it was parked for is mended. */
    synchronized void lookedAtEvents() {
        if (parked != null) {
            LOG.infof("listrak: resumed, was parked since %s", parked.since());
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

    /** Until when Listrak asked us to wait; empty if it did not, or that is over. */
    public synchronized Optional<Instant> askedToWaitUntil() {
        return Optional.of(waitUntil).filter(until -> until.isAfter(clock.instant()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
