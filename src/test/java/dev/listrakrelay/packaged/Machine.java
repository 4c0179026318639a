package dev.listrakrelay.packaged;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs the machine's own tools, and skips a test by name where one of them or a privilege is missing. */
public final class Machine {

    private Machine() {}

    /** Skips the test unless it runs as root, which mounting needs. */
    static void assumeRoot() {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "needs root, to mount a file system of its own: skipped");
    }

    /** Skips the test unless these programs are installed. */
    public static void assumeInstalled(String... programs) {
        for (String program : programs) {
            boolean isInstalled = Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":"))
                    .anyMatch(dir -> new File(dir, program).canExecute());
            assumeTrue(isInstalled, "needs " + program + ", which is not installed: skipped");
        }
    }

    /** Runs a command to its end, and fails with what it says if that is not 0. */
    static void run(String... command) {
        runIn(Path.of("."), command);
    }

    /** The same in that folder; what it says. It is ended after five minutes. */
    public static String runIn(Path folder, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            CompletableFuture.delayedExecutor(5, TimeUnit.MINUTES).execute(process::destroyForcibly);
            String said = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a signal to a process, such as STOP. */
    static void signal(String signal, long pid) {
        run("kill", "-" + signal, String.valueOf(pid));
    }

    /** A command under which a program's system calls fail as told, in the words of {@code strace -e inject=…}. */
    static String[] injecting(String fault, Path... onlyOn) {
        String calls = fault.substring(0, fault.indexOf(':'));
        String[] strace = {
            "strace", "-D", "-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=" + calls, "-e", "inject=" + fault
        };
        String[] command = Arrays.copyOf(strace, strace.length + 2 * onlyOn.length);
        for (int i = 0; i < onlyOn.length; i++) {
            command[strace.length + 2 * i] = "-P";
            command[strace.length + 2 * i + 1] = onlyOn[i].toString();
        }
        return command;
    }
}
