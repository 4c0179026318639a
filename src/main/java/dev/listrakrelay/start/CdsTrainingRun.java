package dev.listrakrelay.start;

import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Starts the service in the sandbox profile, on free ports and with a temporary spool, and stops it once it is ready. The JVM
 * archives the classes that it loads on the way (CDS), so later starts are faster.
 */
public final class CdsTrainingRun implements QuarkusApplication {

    private static final String PORT = "quarkus.management.port";

    /** @return the exit code: 0 if the service became ready */
    static int run() throws IOException {
        Path spool = Files.createTempDirectory("listrak-relay-cds");
        try {
            System.setProperty("quarkus.profile", "sandbox");
            System.setProperty("quarkus.http.port", "" + freePort());
            System.setProperty(PORT, "" + freePort());
            System.setProperty("sandbox.port", "" + freePort());
            System.setProperty("listrak.schema-check", "0");
            System.setProperty("spool.dir", spool.toString());
            System.setProperty("quarkus.log.level", "ERROR");
            return Start.service(CdsTrainingRun.class);
        } finally {
            delete(spool);
        }
    }

    /** Calls the readiness check once, right after the start; an answer that is not 200 fails the run. */
    @Override
    public int run(String... args) throws IOException {
        URI ready = URI.create("http://127.0.0.1:" + System.getProperty(PORT) + "/q/health/ready");
        ready.toURL().openStream().close();
        return 0;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
