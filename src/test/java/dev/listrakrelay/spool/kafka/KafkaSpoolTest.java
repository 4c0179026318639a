package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.packaged.SharedKafka;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolContractTest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The Kafka engine keeps the spool's contract, except for the differences below. Its number of lanes can't change: a
 * spool that is opened again keeps the lanes of the first time (see {@code KafkaTopicsTest}).
 */
@Tag("kafka")
@Execution(ExecutionMode.CONCURRENT)
class KafkaSpoolTest extends SpoolContractTest {

    private final Map<Path, Integer> lanesAtFirst = new ConcurrentHashMap<>();

    @Override
    protected boolean changesLanes() {
        return false;
    }

    /** Only the process that did the steps knows them, until it ends. */
    @Override
    protected boolean remembersSteps() {
        return false;
    }

    /** A dead letter that is not replayed yet stays a dead letter. */
    @Override
    protected boolean remembersReplays() {
        return false;
    }

    /** The brokers remove deleted data later, when they trim and compact their topics. */
    @Override
    protected boolean rewritesAtOnce() {
        return false;
    }

    @Override
    protected Spool open(Path dir, int lanes, Clock clock) {
        return new KafkaFixture(SharedKafka.broker(), dir.getFileName().toString())
                .open(lanesAtFirst.computeIfAbsent(dir, first -> lanes), clock);
    }

    @Override
    protected Spool openLogged(Path dir, int lanes, Clock clock) {
        return new KafkaFixture(SharedKafka.broker(), dir.getFileName().toString())
                .logging(logTopic(dir))
                .open(lanesAtFirst.computeIfAbsent(dir, first -> lanes), clock);
    }

    @Override
    protected List<String> logged(Path dir, Spool spool) {
        return SharedKafka.broker().values(logTopic(dir));
    }

    private static String logTopic(Path dir) {
        return dir.getFileName() + ".log";
    }
}
