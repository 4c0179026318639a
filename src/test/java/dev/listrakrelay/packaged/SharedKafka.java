package dev.listrakrelay.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One Kafka for all tests of a test JVM that do it no harm; each test class prefixes its topics with a name of its own. */
public final class SharedKafka {

    private static Shared broker;

    private SharedKafka() {}

    /** Runs already, and doesn't end with a test. */
    private static final class Shared extends KafkaBroker {

        Shared(Path folder) {
            super(folder);
        }

        @Override
        public void start() {}

        @Override
        public void close() {}
    }

    /** Starts it for the first that asks. It ends with the JVM. */
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
