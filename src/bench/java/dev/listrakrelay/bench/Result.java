package dev.listrakrelay.bench;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * The measurements of one scenario.
 *
 * @param scenario the measured scenario
 * @param accepted events in requests that were answered by 200
 * @param refused requests answered by another status, or not at all
 * @param acceptedPerSecond accepted events per second, from the first post to the last answer
 * @param p50Micros median time to an answer
 * @param p99Micros 99 of 100 requests were answered within this time
 * @param maxMicros longest time to an answer
 * @param delivered events that the sink counted
 * @param sinkRequests requests that the sink received
 * @param deliveredPerSecond events per second, from the first post until the sink had the last event
 * @param peakRssMib highest resident memory of the program, warm-up included
 * @param cpu processor time of the program during the measured load
 */
record Result(
        Scenario scenario,
        long accepted,
        long refused,
        double acceptedPerSecond,
        long p50Micros,
        long p99Micros,
        long maxMicros,
        long delivered,
        long sinkRequests,
        double deliveredPerSecond,
        long peakRssMib,
        Duration cpu) {

    static Result of(Scenario scenario, Load load, SinkCount sink, long peakRssMib, Duration cpu) {
        long accepted = load.accepted() * scenario.eventsPerRequest();
        double delivery = Math.max(1, sink.lastMillis() - load.startMillis()) / 1e3;
        return new Result(
                scenario,
                accepted,
                load.refused(),
                accepted / load.seconds(),
                load.micros().quantile(0.5),
                load.micros().quantile(0.99),
                load.micros().max(),
                sink.events(),
                sink.requests(),
                Math.min(accepted, sink.events()) / delivery,
                peakRssMib,
                cpu);
    }

    /** The run of a row whose delivered/s is the median of all its runs. */
    static Result median(List<Result> runs) {
        return runs.stream()
                .sorted(Comparator.comparingDouble(Result::deliveredPerSecond))
                .toList()
                .get(runs.size() / 2);
    }

    /** Processor time in µs for one event. */
    double cpuMicros() {
        return cpu.toNanos() / 1e3 / Math.max(1, accepted);
    }

    /** Whether everything was accepted, and everything accepted arrived, once. */
    boolean complete() {
        return refused == 0 && accepted == delivered;
    }
}
