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

/** Moves the pending events of the SQLite spools in {@code spool.dir} to Kafka, while no relay uses these spools. */
final class DrainCommand {

    static final int NO_SPOOLS = 66;
    static final int NOT_FINISHED = 75;
    static final int BAD_CONFIGURATION = 78;

    private static final int REPORT_EVERY = 100_000;

    private final SpoolStore from;
    private final SpoolStore to;
    private final String toName;
    private final Function<String, SpoolLimits> limits;
    private final PrintStream out;
    private long events;
    private long deadLetters;

    /** @param toName the name of the second store in the tallies of the first one */
    DrainCommand(SpoolStore from, SpoolStore to, String toName, Function<String, SpoolLimits> limits, PrintStream out) {
        this.from = from;
        this.to = to;
        this.toName = toName;
        this.limits = limits;
        this.out = out;
    }

    /**
     * @return the exit code: 0 if no event is pending any more, 66 if there is no spool, 75 if the drain did not finish, 78 if
     *     the configuration has mistakes
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
            out.println("spool.dir: no folder " + dir.toAbsolutePath() + ", expected the spool folder of a relay with"
                    + " spool.engine=sqlite; set SPOOL_DIR");
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
            mistakes.add("spool.engine: expected kafka (drain moves events from spool.dir to Kafka), found " + engine
                    + "; set SPOOL_ENGINE=kafka, and SPOOL_KAFKA_BROKERS to its brokers");
        }
        return mistakes;
    }

    /** Moves the events of all spools, one spool after the other. */
    int all() {
        TreeSet<String> names = new TreeSet<>(from.made());
        if (names.isEmpty()) {
            out.println("spool.dir: no spool in this folder, expected events.db; set SPOOL_DIR");
            return NO_SPOOLS;
        }
        try {
            for (String name : names) {
                move(name);
            }
        } catch (SpoolUnavailable e) {
            out.println("Not finished: " + e.getMessage());
            out.println("No event is lost. Run the drain again: it continues where it stopped.");
            return NOT_FINISHED;
        } catch (InterruptedException e) {
            return NOT_FINISHED;
        }
        out.println("Done: " + counted(events, "event") + " moved. spool.dir has no pending events left.");
        if (deadLetters > 0) {
            out.print(counted(deadLetters, "dead letter") + (deadLetters == 1 ? " stays" : " stay"));
            out.print(" in spool.dir. To see them, run a relay with spool.engine=sqlite on that folder");
            out.println(" and open /admin/dead-letters. If you replay some there, run the drain again to move them.");
        }
        return 0;
    }

    private void move(String name) throws InterruptedException {
        SpoolLimits own = limits.apply(name);
        try (Spool first = from.open(name, own.forever());
                Spool second = to.open(name, own)) {
            long all = first.pending() + first.deadLetters().waitingForReplay();
            Drain.Moved moved = new Drain(first, second, toName).all(progress(name, all));
            long left = count(first.deadLetters());
            out.print(name + ": " + counted(moved.events(), "event") + " moved");
            if (moved.duplicates() > 0) {
                out.printf(", Kafka had %,d of them already", moved.duplicates());
            }
            if (left > 0) {
                out.print(", " + counted(left, "dead letter") + " not moved");
            }
            out.println();
            printUnsent(name, first.deliveryLog().unsent());
            events += moved.events();
            deadLetters += left;
        }
    }

    private void printUnsent(String name, long records) {
        if (records > 0) {
            out.print(name + ": " + counted(records, "record") + " of the delivery log not sent.");
            out.println(
                    " To send them, run a relay with spool.engine=sqlite and delivery-log.enabled=true on that folder");
        }
    }

    private static String counted(long number, String noun) {
        return "%,d %s%s".formatted(number, noun, number == 1 ? "" : "s");
    }

    private LongConsumer progress(String name, long all) {
        long[] reported = {0};
        return moved -> {
            if (moved - reported[0] >= REPORT_EVERY) {
                reported[0] = moved;
                out.printf("%s: %,d of %,d moved%n", name, moved, all);
            }
        };
    }

    private static long count(DeadLetters deadLetters) {
        long count = 0;
        List<DeadLetter> page = deadLetters.find(Search.ALL);
        while (!page.isEmpty()) {
            count += page.size();
            long last = page.get(page.size() - 1).event().seq();
            page = deadLetters.find(Search.ALL.page(last, Search.MOST));
        }
        return count;
    }
}
