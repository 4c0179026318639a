package dev.listrakrelay.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Measures the time from the start of the packaged program's process until it is ready, with an empty spool. */
final class StartUp {
    private static final int STARTS = 9;
    private static final Scenario RELAY = new Scenario("start", Scenario.Program.RELAY, "", 0, 1, 1);

    private StartUp() {}

    static void run(Options options) throws Exception {
        // no sink runs on this port, because nothing is delivered
        Programs programs = new Programs(options, Programs.freePort());
        List<Long> millis = new ArrayList<>();
        for (int start = 0; start < STARTS; start++) {
            long begin = System.nanoTime();
            Child relay = programs.start(RELAY, Programs.freePort(), "");
            millis.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
            relay.close();
        }
        Collections.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "from start to ready: median %,d ms, the fastest %,d, the slowest %,d of %d; %s%n",
                millis.get(STARTS / 2),
                millis.get(0),
                millis.get(STARTS - 1),
                STARTS,
                options.javaOptions());
    }
}
