package dev.listrakrelay.settings;

import java.nio.file.Path;

/** Prints the command that starts this program: {@code java -jar} for a jar, or a path for a native executable. */
public final class LaunchCommand {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private LaunchCommand() {}

    /**
     * Returns the command that a person types to start the program again: {@code java -jar
     * target/quarkus-app/quarkus-run.jar}, or {@code ./listrak-relay-runner}.
     *
     * @param options options of the JVM or the executable, such as {@code -Dquarkus.profile=sandbox}
     */
    public static String command(String... options) {
        String with = options.length == 0 ? "" : " " + String.join(" ", options);
        return isNative() ? executable() + with : "java" + with + " -jar " + jar();
    }

    /** Returns true in a native executable. GraalVM sets the property. */
    public static boolean isNative() {
        return "runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"));
    }

    private static String executable() {
        return ProcessHandle.current()
                .info()
                .command()
                .map(command ->
                        Path.of(".").resolve(relativeToHere(Path.of(command))).toString())
                .orElse("./listrak-relay-runner");
    }

    /** Returns the path after {@code -jar}. Dev mode and tests have none, so they get the default path. */
    private static Path jar() {
        Path started = Path.of(System.getProperty("sun.java.command", "").split(" ", 2)[0]);
        return started.endsWith(JAR.getFileName()) ? relativeToHere(started) : JAR;
    }

    private static Path relativeToHere(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file) : file;
    }
}
