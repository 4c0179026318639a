package dev.listrakrelay.spool.camel;

import dev.listrakrelay.spool.SpoolLanes;
import dev.listrakrelay.spool.SpoolTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/** Sends the batches of a spool through a route: one worker for each lane, and one batch of each lane at a time. */
class SpoolConsumer extends DefaultConsumer {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    private final String name;
    private final SpoolLanes spool;
    private final SpoolTimes times;
    private final SpoolComponent.ConsumerOptions options;
    private final List<LaneWorker> workers = new ArrayList<>();

    SpoolConsumer(
            Endpoint endpoint,
            Processor processor,
            String name,
            SpoolLanes spool,
            SpoolTimes times,
            SpoolComponent.ConsumerOptions options) {
        super(endpoint, processor);
        this.name = name;
        this.spool = spool;
        this.times = times;
        this.options = options;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        for (int lane = 0; lane < spool.lanes(); lane++) {
            workers.add(new LaneWorker(this, name, spool, lane, options).measuredBy(times));
        }
        workers.forEach(LaneWorker::start);
    }

    /** Takes no more batches, and waits at most 20 s for the current ones. */
    @Override
    protected void doStop() throws Exception {
        workers.forEach(LaneWorker::stop);
        long deadline = System.nanoTime() + LONGEST_STOP.toNanos();
        for (LaneWorker worker : workers) {
            worker.join(deadline);
        }
        workers.clear();
        super.doStop();
    }
}
