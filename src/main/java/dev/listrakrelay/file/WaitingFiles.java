package dev.listrakrelay.file;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shows how many files wait in the folder of the file source, in the gauge {@code listrak.relay.source.waiting.files}. */
@ApplicationScoped
public class WaitingFiles {

    /** Of more, a scrape does not look at each. */
    private static final int MOST = 10_000;

    private static final String OF_EVENTS = "*.{[nN][dD][jJ][sS][oO][nN],[jJ][sS][oO][nN][lL],[cC][sS][vV]}";

    void watch(@Observes StartupEvent started, FileConfig config, MeterRegistry meters) {
        config.dir().filter(dir -> config.enabled()).ifPresent(dir -> Gauge.builder(
                        "listrak.relay.source.waiting.files", dir, WaitingFiles::count)
                .tag("source", "file")
                .strongReference(true)
                .register(meters));
    }

    /** Returns at most {@value #MOST}; NaN if the folder can't be read. */
    static double count(Path dir) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, OF_EVENTS)) {
            int count = 0;
            for (Path file : files) {
                boolean isHidden = file.getFileName().toString().startsWith(".");
                count += !isHidden && Files.isRegularFile(file) ? 1 : 0;
                if (count == MOST) {
                    break;
                }
            }
            return count;
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
