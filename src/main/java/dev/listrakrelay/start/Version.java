package dev.listrakrelay.start;

import io.quarkus.runtime.annotations.RegisterResources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Names the version of the program and the commit that it was built from.
 *
 * @param number the version, such as {@code 0.1.0-SNAPSHOT}
 * @param commit the short hash of the commit; empty if the program was built outside of git
 */
@RegisterResources(globs = "version.properties")
record Version(String number, String commit) {

    /** Reads what the build wrote into {@code version.properties}. */
    static Version read() {
        Properties built = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("/version.properties")) {
            built.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Version(built.getProperty("version"), built.getProperty("commit"));
    }

    @Override
    public String toString() {
        return "listrak-relay " + number + (commit.isEmpty() ? "" : " (commit " + commit + ")");
    }
}
