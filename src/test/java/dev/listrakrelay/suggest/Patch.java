package dev.listrakrelay.suggest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Applies a diff with the programs {@code patch} and {@code git apply} of this machine. */
final class Patch {

    private Patch() {}

    /** Returns the text of a file after a diff. The file stays as it is. */
    static String applied(Path file, String diff) throws IOException, InterruptedException {
        String name = file.getFileName().toString();
        Path work = Files.createTempDirectory(file.toAbsolutePath().getParent(), "patch");
        if (diff.isEmpty()) {
            return Files.readString(file);
        }
        Files.writeString(work.resolve("new.patch"), diff);
        String applied = "";
        for (List<String> program :
                List.of(List.of("git", "apply", "-p0", "new.patch"), List.of("patch", "-p0", "-i", "new.patch"))) {
            requireInstalled(program.get(0));
            Files.write(work.resolve(name), Files.readAllBytes(file));
            run(program, work);
            applied = Files.readString(work.resolve(name));
        }
        return applied;
    }

    private static void requireInstalled(String program) {
        boolean isInstalled = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(dir -> new File(dir, program).canExecute());
        assumeTrue(isInstalled, "needs " + program + ", which is not installed: skipped");
    }

    private static void run(List<String> program, Path folder) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(program).directory(folder.toFile()).redirectErrorStream(true);
        // the folder is no part of a repository that may be above it
        builder.environment()
                .put(
                        "GIT_CEILING_DIRECTORIES",
                        folder.toAbsolutePath().getParent().toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
