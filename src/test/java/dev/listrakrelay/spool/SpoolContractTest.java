package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/**
 * Tests what every spool engine guarantees, one nested class per topic. An engine's test extends it and opens the
 * engine.
 */
public abstract class SpoolContractTest {

    /** Opens the engine in an existing folder, which is empty or has the data of an earlier call. */
    protected abstract Spool open(Path dir, int lanes, Clock clock);

    /** Opens the engine with a delivery log that names contacts as they are. */
    protected abstract Spool openLogged(Path dir, int lanes, Clock clock);

    /** The records that a spool has logged so far, in order. */
    protected abstract List<String> logged(Path dir, Spool spool);

    /** Whether the spool can be opened again with another number of lanes. */
    protected boolean changesLanes() {
        return true;
    }

    /** Whether the steps of events are still known after the spool is opened again. */
    protected boolean remembersSteps() {
        return true;
    }

    /** Whether dead letters that wait for replay still do after the spool is opened again. */
    protected boolean remembersReplays() {
        return true;
    }

    /** Whether a forgotten contact's data is removed from the disk at once. */
    protected boolean rewritesAtOnce() {
        return true;
    }

    @Nested
    class Taking extends TakingContract {
        Taking() {
            super(SpoolContractTest.this::open);
        }
    }

    @Nested
    class Waiting extends WaitingContract {
        Waiting() {
            super(SpoolContractTest.this::open);
        }
    }

    @Nested
    class Duplicates extends DuplicatesContract {
        Duplicates() {
            super(SpoolContractTest.this::open);
        }
    }

    @Nested
    class Settling extends SettlingContract {
        Settling() {
            super(SpoolContractTest.this::open);
        }
    }

    @Nested
    class Counting extends CountingContract {
        Counting() {
            super(SpoolContractTest.this::open);
        }
    }

    @Nested
    class Dying extends DeadLettersContract {
        Dying() {
            super(SpoolContractTest.this::open);
        }
    }

    @Nested
    class Replaying extends ReplayContract {
        Replaying() {
            super(SpoolContractTest.this::open, remembersReplays());
        }
    }

    @Nested
    class History extends HistoryContract {
        History() {
            super(SpoolContractTest.this::open, remembersSteps());
        }
    }

    @Nested
    class Ambiguous extends AmbiguousContract {
        Ambiguous() {
            super(SpoolContractTest.this::open, remembersSteps());
        }
    }

    @Nested
    class Retrying extends RetryContract {
        Retrying() {
            super(SpoolContractTest.this::open);
        }
    }

    @Nested
    class Knowing extends IdentityContract {
        Knowing() {
            super(SpoolContractTest.this::open);
        }
    }

    @Nested
    class Forgetting extends ErasureContract {
        Forgetting() {
            super(SpoolContractTest.this::open, rewritesAtOnce());
        }
    }

    @Nested
    class Logging extends DeliveryLogContract {
        Logging() {
            super(SpoolContractTest.this::openLogged, SpoolContractTest.this::logged);
        }
    }

    @Nested
    class Pausing extends PauseContract {
        Pausing() {
            super(SpoolContractTest.this::open);
        }
    }

    @Nested
    class ChangingLanes extends LanesContract {
        ChangingLanes() {
            super(SpoolContractTest.this::open);
        }

        @BeforeEach
        void ifPromised() {
            assumeTrue(changesLanes(), "this engine keeps its number of lanes");
        }
    }

    @Nested
    class Tracing extends TraceContract {
        Tracing() {
            super(SpoolContractTest.this::open);
        }
    }

    @Nested
    class ManyThreads extends ManyThreadsContract {
        ManyThreads() {
            super(SpoolContractTest.this::open);
        }
    }

    @Nested
    class RandomOperations extends RandomOperationsContract {
        RandomOperations() {
            super(SpoolContractTest.this::open);
        }
    }
}
