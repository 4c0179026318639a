package dev.listrakrelay.start;

import dev.listrakrelay.kafka.AccessCheck;
import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.DeadLetters;
import dev.listrakrelay.spool.Drain;
import dev.listrakrelay.spool.IdentityConfig;
import dev.listrakrelay.spool.KafkaSpoolConfig;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolConfig;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.SpoolStore;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.kafka.KafkaCluster;
import dev.listrakrelay.spool.sqlite.SpoolFolder;
import io.smallrye.config.SmallRyeConfig;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Moves what waits in the SQLite spools of {@code spool.dir} to the engine that is configured, while no relay uses them. */
final class DrainCommand {

    static final int NO_SPOOLS = 66;
    static final int NOT_DONE = 75;
    static final int BAD_CONFIGURATION = 78;

    private static final int TELL_EVERY = 100_000;

    private final SpoolStore from;
    private final SpoolStore to;
    private final String toName;
    private final Function<String, SpoolLimits> retention;
    private final PrintStream out;
    private long events;
    private long deadLetters;

    /** @param toName what the books of the first call the second */
    DrainCommand(
            SpoolStore from, SpoolStore to, String toName, Function<String, SpoolLimits> retention, PrintStream out) {
        this.from = from;
        this.to = to;
        this.toName = toName;
        this.retention = retention;
        this.out = out;
    }

    /**
     * @return 0 if nothing waits any more, 66 if there are no spools, 75 if it could not be finished, 78 if it can't begin with
     *     this configuration
     */
    static int run(SmallRyeConfig read, Clock clock, PrintStream out) {
        List<String> mistakes = mistakes(read);
        if (!mistakes.isEmpty()) {
            mistakes.forEach(out::println);
            return BAD_CONFIGURATION;
        }
        SmallRyeConfig mapped = Configuration.read(SpoolConfig.class, KafkaSpoolConfig.class, IdentityConfig.class);
        SpoolConfig config = mapped.getConfigMapping(SpoolConfig.class);
        IdentityConfig identity = mapped.getConfigMapping(IdentityConfig.class);
        Path dir = config.dir();
        if (!Files.isDirectory(dir)) {
            out.println("spool.dir: no folder " + dir.toAbsolutePath() + ", expected the one that a relay with"
                    + " spool.engine=sqlite had; set SPOOL_DIR");
            return NO_SPOOLS;
        }
        List<String> unusable = SpoolFolder.mistakes(dir);
        if (!unusable.isEmpty()) {
            unusable.forEach(out::println);
            return BAD_CONFIGURATION;
        }
        try (SpoolStore folder = new SpoolFolder(dir, config.lanes(), Drain.clock(clock));
                SpoolStore cluster =
                        new KafkaCluster(mapped.getConfigMapping(KafkaSpoolConfig.class), config.lanes(), clock)) {
            return new DrainCommand(folder, cluster, "kafka", name -> SpoolLimits.of(config, identity, name), out)
                    .all();
        }
    }

    private static List<String> mistakes(SmallRyeConfig config) {
        List<String> mistakes = new ArrayList<>();
        Stream.of(SpoolConfig.class, KafkaSpoolConfig.class, IdentityConfig.class)
                .flatMap(Setting::of)
                .forEach(setting -> setting.mistake(config).ifPresent(mistakes::add));
        Function<String, Optional<String>> value = key -> config.getOptionalValue(key, String.class);
        mistakes.addAll(AccessCheck.mistakes("spool.kafka", value));
        String engine = value.apply("spool.engine").orElse("");
        if (mistakes.isEmpty() && !engine.equalsIgnoreCase("kafka")) {
            mistakes.add("spool.engine: expected kafka, which is to get what waits in spool.dir, found " + engine
                    + "; set SPOOL_ENGINE=kafka, and SPOOL_KAFKA_BROKERS to where it is");
        }
        return mistakes;
    }

    /** Moves the spools one after the other. */
    int all() {
        TreeSet<String> names = new TreeSet<>(from.made());
        if (names.isEmpty()) {
            out.println("spool.dir: no spools there, expected events.db; set SPOOL_DIR");
            return NO_SPOOLS;
        }
        try {
            for (String name : names) {
                move(name);
            }
        } catch (SpoolUnavailable e) {
            out.println("Not done: " + e.getMessage());
            out.println("Nothing is lost by that. Run it again, and it goes on where it was.");
            return NOT_DONE;
        } catch (InterruptedException e) {
            return NOT_DONE;
        }
        out.printf("Done: %,d events moved, nothing waits in spool.dir any more.%n", events);
        if (deadLetters > 0) {
            out.printf(
                    "Its %,d dead letters stay there. To look at them, run a relay on it with spool.engine=sqlite, and",
                    deadLetters);
            out.println(" see /admin/dead-letters; those that you replay there are moved by another drain.");
        }
        return 0;
    }

    private void move(String name) throws InterruptedException {
        SpoolLimits kept = retention.apply(name);
        try (Spool first = from.open(name, kept.forever());
                Spool second = to.open(name, kept)) {
            long all = first.pending() + first.deadLetters().waitingForReplay();
            Drain.Moved moved = new Drain(first, second, toName).all(progress(name, all));
            long left = count(first.deadLetters());
            out.printf("%s: %,d events moved", name, moved.events());
            if (moved.duplicates() > 0) {
                out.printf(", %,d of them were there already", moved.duplicates());
            }
            if (left > 0) {
                out.printf(", %,d dead letters stay", left);
            }
            out.println();
            events += moved.events();
            deadLetters += left;
        }
    }

    private LongConsumer progress(String name, long all) {
        long[] told = {0};
        return moved -> {
            if (moved - told[0] >= TELL_EVERY) {
                told[0] = moved;
                out.printf("%s: %,d of %,d%n", name, moved, all);
            }
        };
    }

    private static long count(DeadLetters letters) {
        long count = 0;
        List<DeadLetter> page = letters.find(Search.ALL);
        while (!page.isEmpty()) {
            count += page.size();
            long last = page.get(page.size() - 1).event().seq();
            page = letters.find(Search.ALL.page(last, Search.MOST));
        }
        return count;
    }
}
