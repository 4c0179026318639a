package dev.listrakrelay.spool.camel;

import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/** Walks every lane of a spool through the route, side by side, each a batch at a time. */
class SpoolConsumer extends DefaultConsumer {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    private final String name;
    private final Spool spool;
    private final SpoolTimes times;
    private final SpoolComponent.Intake intake;
    private final List<LaneWorker> walks = new ArrayList<>();

    SpoolConsumer(
            Endpoint endpoint,
            Processor processor,
            String name,
            Spool spool,
            SpoolTimes times,
            SpoolComponent.Intake intake) {
        super(endpoint, processor);
        this.name = name;
        this.spool = spool;
        this.times = times;
        this.intake = intake;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        for (int lane = 0; lane < spool.lanes(); lane++) {
            walks.add(new LaneWorker(this, name, spool, lane, intake).measuredBy(times));
        }
        walks.forEach(LaneWorker::start);
    }

    /** Takes no more, and lets the batches on their way finish. */
    @Override
    protected void doStop() throws Exception {
        walks.forEach(LaneWorker::stop);
        long deadline = System.nanoTime() + LONGEST_STOP.toNanos();
        for (LaneWorker walk : walks) {
            walk.join(deadline);
        }
        walks.clear();
        super.doStop();
    }
}
