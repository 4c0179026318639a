package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A message broker in a process of its own, in a folder that outlasts it. The build writes down its class path.
 */
public abstract class Broker implements AutoCloseable {

    private static final Duration READY = Duration.ofMinutes(3);
    private static final Path CLASS_PATH = Path.of("target", "brokers.classpath");

    final Path folder;
    final int port;
    private Process process;

    Broker(Path folder) {
        this.folder = folder;
        this.port = Ports.free();
    }

    /** What Java runs, behind its class path. */
    abstract List<String> command();

    String heap() {
        return "384m";
    }

    /** Whether it does its work. */
    abstract boolean isUp();

    /** Starts it, and waits until it works. */
    public void start() {
        launch();
        awaitUp();
    }

    /** Starts it without waiting for anything. */
    void launch() {
        process = java(folder, heap(), command().toArray(new String[0]));
    }

    void awaitUp() {
        await().atMost(READY).pollInterval(Duration.ofMillis(200)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("broker ended, its log:\n" + Files.readString(log(folder)));
            }
            return isListening() && isUp();
        });
    }

    /** A process that runs a program of the brokers' libraries, and writes what it says to {@link #log}. */
    static Process java(Path folder, String heap, String... command) {
        assumeTrue(Files.exists(CLASS_PATH), "needs target/brokers.classpath, which the build writes: skipped");
        try {
            Files.createDirectories(folder);
            List<String> all = new ArrayList<>();
            all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            all.addAll(QuickJvm.options());
            all.addAll(
                    List.of("-Xmx" + heap, "-cp", Files.readString(CLASS_PATH).strip()));
            all.addAll(List.of(command));
            return new ProcessBuilder(all)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path log(Path folder) {
        return folder.resolve("broker.log");
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Stands still from now on, its connections open, as a machine does that is swapping. */
    void freeze() {
        Machine.signal("STOP", process.pid());
    }

    /** Goes on. */
    void thaw() {
        Machine.signal("CONT", process.pid());
    }

    void kill9() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        if (process != null) {
            kill9();
        }
    }
}
