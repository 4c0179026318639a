package dev.listrakrelay.settings;

import java.nio.file.Path;

/** How this program is called: a jar that Java runs, or a native executable. */
public final class Program {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private Program() {}

    /**
     * The words that call it in a terminal, as it was started: {@code java -jar target/quarkus-app/quarkus-run.jar}, or
     * {@code ./listrak-relay-runner}.
     *
     * @param options such as {@code -Dquarkus.profile=sandbox}
     */
    public static String call(String... options) {
        String with = options.length == 0 ? "" : " " + String.join(" ", options);
        return isNative() ? executable() + with : "java" + with + " -jar " + jar();
    }

    /** Whether it was compiled to a native executable (the property is GraalVM's). */
    public static boolean isNative() {
        return "runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"));
    }

    private static String executable() {
        return ProcessHandle.current()
                .info()
                .command()
                .map(command -> Path.of(".").resolve(fromHere(Path.of(command))).toString())
                .orElse("./listrak-relay-runner");
    }

    /** As it was named after {@code -jar}; dev mode and tests start it in another way. */
    private static Path jar() {
        Path started = Path.of(System.getProperty("sun.java.command", "").split(" ", 2)[0]);
        return started.endsWith(JAR.getFileName()) ? fromHere(started) : JAR;
    }

    private static Path fromHere(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file) : file;
    }
}
