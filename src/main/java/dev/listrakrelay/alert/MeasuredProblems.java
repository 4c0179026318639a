package dev.listrakrelay.alert;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** Finds a disk that is filling, and certificates that end soon, in the gauges of both. */
@ApplicationScoped
public class MeasuredProblems implements ProblemSource {

    private static final double LEAST_FREE = 0.1;
    private static final Duration SOON = Duration.ofDays(14);

    private final MeterRegistry meters;
    private final Clock clock;

    MeasuredProblems(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public Stream<Problem> problems() {
        return Stream.concat(disk(), certificates());
    }

    private Stream<Problem> disk() {
        Gauge free = meters.find("listrak.relay.disk.free").gauge();
        Gauge size = meters.find("listrak.relay.disk.size").gauge();
        if (free == null || size == null || !(free.value() / size.value() < LEAST_FREE)) {
            return Stream.empty();
        }
        return Stream.of(new Problem(
                AlertKind.DISK_FILLING,
                "",
                "The disk of spool.dir has " + Math.round(free.value() / 1_000_000) + " MB left, less than a tenth.",
                clock.instant(),
                1));
    }

    private Stream<Problem> certificates() {
        Instant now = clock.instant();
        return meters.find("listrak.relay.certificate.expiry.timestamp").gauges().stream()
                .filter(end -> end.value() < now.plus(SOON).getEpochSecond())
                .map(end ->
                        certificate(end.getId().getTag("certificate"), Instant.ofEpochSecond((long) end.value()), now));
    }

    private static Problem certificate(String name, Instant end, Instant now) {
        return new Problem(
                AlertKind.CERTIFICATE_ENDING,
                name,
                "The certificate " + name + " of the relay's port ends at " + end
                        + ". After that, callers and Listrak can't connect.",
                now,
                1);
    }
}
