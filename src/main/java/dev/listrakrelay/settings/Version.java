package dev.listrakrelay.settings;

import io.quarkus.runtime.annotations.RegisterResources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Holds the version of the program and the commit that it was built from.
 *
 * @param number the version, such as {@code 0.1.0-SNAPSHOT}
 * @param commit the short hash of the commit; empty if the program was built outside of git
 * @param quarkus the version of Quarkus in it
 * @param sqlite the version of SQLite and its driver in it
 */
@RegisterResources(globs = "version.properties")
public record Version(String number, String commit, String quarkus, String sqlite) {

    /** Reads what the build wrote into {@code version.properties}. */
    public static Version read() {
        Properties built = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("/version.properties")) {
            built.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Version(
                built.getProperty("version"),
                built.getProperty("commit"),
                built.getProperty("quarkus"),
                built.getProperty("sqlite"));
    }

    @Override
    public String toString() {
        return "listrak-relay " + number + (commit.isEmpty() ? "" : " (commit " + commit + ")");
    }
}
