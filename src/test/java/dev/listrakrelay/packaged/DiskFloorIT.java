package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Guarantees, Bounds: after a backlog filled the disk up to {@code spool.min-free}, delivering it makes room again. */
@Tag("faults")
class DiskFloorIT extends PackagedTest {

    private static final Duration BOUND = Duration.ofMinutes(4);
    private static final int DISK_MIB = 260;
    private static final int FLOOR_MIB = 100;
    private static final long SMALL_LOG = 8 << 20;
    private static final int EVENTS_OF_A_REQUEST = 15;
    private static final int MOST_REQUESTS = 2_000;
    private static final String LARGE = "x".repeat(30_000);

    private SmallDisk disk;

    @BeforeEach
    void mount() {
        Machine.assumeRoot();
        disk = SmallDisk.inMemory(folder.resolve("disk"), DISK_MIB);
        relay.with("SPOOL_DIR", disk.root().resolve("spool").toString()).with("SPOOL_MIN_FREE", FLOOR_MIB + "M");
    }

    @AfterEach
    void unmount() {
        if (disk != null) {
            relay.close();
            disk.close();
        }
    }

    @Test
    void aDiskFilledToItsFloorIsNotReadyAndTakesEventsAgainOnceTheBacklogIsDelivered() throws IOException {
        // given
        listrak.answer(503);
        relay.start();
        List<String> acknowledged = fillToTheFloor();
        long freeWhenShort = disk.root().toFile().getUsableSpace() >> 20;

        // when
        listrak.answer(200);
        awaitNothingPending(BOUND);

        // then
        await().atMost(BOUND).until(() -> relay.post("track", Callers.event("after/1")) == 200);
        await().atMost(BOUND).until(relay::isReady);
        assertThat(freeWhenShort, greaterThan(FLOOR_MIB - 40L));
        awaitNothingPending(BOUND);
        assertThat(lost(acknowledged), empty());
        assertThat(duplicates(), is(0));
    }

    /**
     * Posts until the relay accepts nothing, readiness names the reason, and the write-ahead log is small again.
     * Returns the accepted events.
     */
    private List<String> fillToTheFloor() {
        List<String> acknowledged = new ArrayList<>();
        File log = disk.root().resolve("spool/events.db-wal").toFile();
        await().atMost(BOUND)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> !isTaken(acknowledged)
                        && log.length() < SMALL_LOG
                        && relay.readiness().contains("spool.min-free: expected"));
        return acknowledged;
    }

    private boolean isTaken(List<String> acknowledged) throws IOException {
        boolean isTaken = false;
        for (int request = 0; request < MOST_REQUESTS; request++) {
            int first = acknowledged.size();
            List<String> ids = IntStream.range(first, first + EVENTS_OF_A_REQUEST)
                    .mapToObj(i -> Callers.id(0, i))
                    .toList();
            String events = ids.stream().map(DiskFloorIT::event).collect(Collectors.joining(","));
            if (relay.post("batch", "{\"batch\":[" + events + "]}") != 200) {
                return isTaken;
            }
            acknowledged.addAll(ids);
            isTaken = true;
        }
        return isTaken;
    }

    private static String event(String id) {
        return Callers.event(id).replace("\"currency\"", "\"note\":\"" + LARGE + "\",\"currency\"");
    }
}
