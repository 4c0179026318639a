package dev.listrakrelay.spool.sqlite;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Loads SQLite's native library from the driver's jar, through a temporary file that is deleted at once.
 *
 * <p>The driver would do so by itself. But a process that is killed would leave its file behind, 1.4 MB for each kill. And
 * the driver compares the file with the jar byte by byte, which takes 0.1 s of a start.
 */
final class SqliteLibrary {

    private static final Logger LOG = Logger.getLogger(SqliteLibrary.class);

    /** The folder from which the driver loads the library, if it is set. */
    private static final String FOLDER = "org.sqlite.lib.path";

    private static boolean isLoaded;

    private SqliteLibrary() {}

    /** Loads the library, unless it is loaded. If that fails, the driver loads it in its own way. */
    static synchronized void load() {
        if (isLoaded || System.getProperty(FOLDER) != null) {
            return;
        }
        isLoaded = true;
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (library != null) {
                load(library, name);
            }
        } catch (Exception e) {
            LOG.debugf("%s: loaded by the driver instead, %s", resource, e);
        }
    }

    private static void load(InputStream library, String name) throws Exception {
        Path folder = Files.createTempDirectory("listrak-relay-sqlite-");
        Path file = folder.resolve(name);
        try {
            Files.copy(library, file);
            System.setProperty(FOLDER, folder.toString());
            SQLiteJDBCLoader.initialize();
        } finally {
            System.clearProperty(FOLDER);
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }
}
