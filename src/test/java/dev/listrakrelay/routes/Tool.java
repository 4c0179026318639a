package dev.listrakrelay.routes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Runs a script of {@code src/test/resources/webhook}; skips the test if the interpreter is not installed. */
final class Tool {

    private Tool() {}

    /** Gives the script this input. Returns its output. */
    static String run(String interpreter, String script, byte[] input, String... arguments) {
        boolean isInstalled = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(dir -> new File(dir, interpreter).canExecute());
        assumeTrue(isInstalled, "needs " + interpreter + ", which is not installed: skipped");
        String[] command = new String[arguments.length + 2];
        command[0] = interpreter;
        command[1] = "src/test/resources/webhook/" + script;
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var in = process.getOutputStream()) {
                in.write(input);
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
