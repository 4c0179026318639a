package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** What every engine promises, topic by topic; an engine's test extends this and says how it is opened. */
public abstract class SpoolContractTest {

    /** Opens the engine in an existing folder, or opens it again with what it holds. */
    protected abstract Spool open(Path dir, int lanes, Clock clock);

    /** Whether it may be opened again with another number of lanes. */
    protected boolean changesLanes() {
        return true;
    }

    /** Whether it is known what became of an event when it is opened again. */
    protected boolean remembersSteps() {
        return true;
    }

    /** Whether dead letters that wait to be replayed do so when it is opened again. */
    protected boolean remembersReplays() {
        return true;
    }

    /** Whether nothing of a contact is left on disk as soon as it is forgotten. */
    protected boolean rewritesAtOnce() {
        return true;
    }

    @Nested
    class Taking extends LaneBatchTakerContract {
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
    class Forgetting extends SqliteErasureContract {
        Forgetting() {
            super(SpoolContractTest.this::open, rewritesAtOnce());
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
