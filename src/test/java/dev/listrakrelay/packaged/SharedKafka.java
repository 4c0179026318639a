package dev.listrakrelay.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One Kafka for all tests of a test JVM that don't stop or break it; each test class has its own prefix for topics. */
public final class SharedKafka {

    private static Shared broker;

    private SharedKafka() {}

    /** A broker that tests can neither start nor stop. */
    private static final class Shared extends KafkaBroker {

        Shared(Path folder) {
            super(folder);
        }

        @Override
        public void start() {}

        @Override
        public void close() {}
    }

    /** The shared broker. The first call starts it; it ends with the JVM. */
    public static synchronized KafkaBroker broker() {
        if (broker == null) {
            try {
                broker = new Shared(Files.createTempDirectory("relay-shared-kafka"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(broker::kill9));
            broker.launch();
            broker.awaitUp();
        }
        return broker;
    }
}
