package dev.listrakrelay.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** One Kafka for all tests of a test JVM that do it no harm; each test class prefixes its topics with a name of its own. */
public final class SharedKafka {

    private static KafkaBroker broker;

    private SharedKafka() {}

    /** Starts it for the first that asks. It ends with the JVM. */
    public static synchronized KafkaBroker broker() {
        if (broker == null) {
            try {
                broker = new KafkaBroker(Files.createTempDirectory("relay-shared-kafka"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
            broker.start();
        }
        return broker;
    }
}
