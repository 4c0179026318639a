package dev.listrakrelay.spool.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A caller of a group commit gets its answer when the group is on disk, or gets the failure. */
class GroupCommitTest {

    @TempDir
    Path dir;

    private final CountDownLatch atGate = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private SpoolConnection writer;
    private GroupCommit commits;

    @BeforeEach
    void open() throws Exception {
        writer = new SqliteDatabase(dir, "events").writer();
        commits = new GroupCommit("events", writer);
        commits.start(() -> false);
    }

    @AfterEach
    void close() throws Exception {
        gate.countDown();
        commits.close();
        writer.close();
    }

    @Test
    void aStatementThatFailsFailsItsGroupAndLaterGroupsAreWritten() throws Exception {
        // given three writes in one group, because a write before them blocks the thread
        CompletableFuture<Integer> before = submit(() -> {
            passGate();
            return insert("before");
        });
        atGate.await();
        CompletableFuture<Integer> first = submit(() -> insert("first"));
        CompletableFuture<Integer> broken = submit(() -> insert(null));
        CompletableFuture<Integer> last = submit(() -> insert("last"));

        // when
        gate.countDown();

        // then
        assertEquals(1, before.join());
        for (CompletableFuture<Integer> failed : List.of(first, broken, last)) {
            CompletionException e = assertThrows(CompletionException.class, failed::join);
            assertInstanceOf(SpoolUnavailable.class, e.getCause());
        }
        assertEquals(1, submit(() -> insert("later")).join());
        assertEquals(List.of("before", "later"), outcomes());
    }

    @Test
    void anErrorOfAnyKindReachesItsCallerAndTheThreadContinues() throws Exception {
        // given
        CompletableFuture<Integer> runtime = submit(() -> {
            throw new IllegalStateException("a mistake of ours");
        });
        CompletableFuture<Integer> error = submit(() -> {
            throw new StackOverflowError("a mistake of ours");
        });

        // when
        assertThrows(CompletionException.class, runtime::join);
        assertThrows(CompletionException.class, error::join);

        // then
        assertEquals(1, submit(() -> insert("later")).join());
    }

    @Test
    void maintenanceThatFailsDoesNotStopTheThread() throws Exception {
        // given
        commits.close();
        commits = new GroupCommit("events", writer);
        commits.start(() -> {
            throw new IllegalStateException("a mistake of ours");
        });

        // when
        int written = submit(() -> insert("all the same")).join();

        // then
        assertEquals(1, written);
    }

    @Test
    void callersGetTheirAnswersInTheOrderOfTheWrites() {
        // given
        List<Integer> told = new ArrayList<>();
        submit(() -> {
            passGate();
            return 0;
        });

        // when
        List<CompletableFuture<Integer>> all = IntStream.range(0, 1_000)
                .mapToObj(i -> commits.submit(() -> i, told::add))
                .toList();
        gate.countDown();
        all.forEach(CompletableFuture::join);

        // then
        assertEquals(IntStream.range(0, 1_000).boxed().toList(), told);
    }

    @Test
    void closingWritesWaitingGroupsAndRefusesLaterWrites() throws Exception {
        // given
        CompletableFuture<Integer> waiting = submit(() -> insert("waiting"));

        // when
        commits.close();
        CompletableFuture<Integer> late = submit(() -> insert("late"));

        // then
        assertEquals(1, waiting.join());
        assertTrue(late.isCompletedExceptionally());
        assertEquals(List.of("waiting"), outcomes());
    }

    private <T> CompletableFuture<T> submit(SpoolConnection.Sql<T> sql) {
        return commits.submit(sql, nothing -> {});
    }

    private void passGate() {
        try {
            atGate.countDown();
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int insert(String outcome) throws SQLException {
        return writer.update("INSERT INTO tally VALUES (?, '', 1)", outcome);
    }

    private List<String> outcomes() throws SQLException {
        try (var reader = new SqliteDatabase(dir, "events").reader()) {
            return reader.list("SELECT outcome FROM tally ORDER BY outcome", row -> row.getString(1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
