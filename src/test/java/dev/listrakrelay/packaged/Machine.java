package dev.listrakrelay.packaged;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs programs of the machine, and skips a test if a program or a privilege is missing. */
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

    /** Runs a command to its end. If its exit code is not 0, fails with its output. */
    static void run(String... command) {
        runIn(Path.of("."), command);
    }

    /** Runs a command in this folder, for five minutes at most. Returns its output. */
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

    /**
     * A command that runs a program and makes its system calls fail; {@code fault} is in the syntax of {@code strace -e
     * inject=…}.
     */
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
