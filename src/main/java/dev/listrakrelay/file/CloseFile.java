package dev.listrakrelay.file;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jboss.logging.Logger;

/** Moves a finished file to {@code .done}, after each of its lines is in the spool or in the file of bad lines. */
@Singleton
@Named("closeFile")
public class CloseFile implements Processor {

    private static final Logger LOG = Logger.getLogger(CloseFile.class);

    @Override
    public void process(Exchange exchange) {
        DroppedFile file = exchange.getProperty(DroppedFile.PROPERTY, DroppedFile.class);
        Path name = file.path().getFileName();
        Path target = finish(file);
        Progress progress = file.progress();
        LOG.infof(
                "file %s: finished, %s, %d bad, moved to .done as %s",
                name, progress.linesText(), progress.bad(), target.getFileName());
    }

    private static Path finish(DroppedFile file) {
        try {
            return file.finish();
        } catch (IOException e) {
            throw new UnreadableFile(file.path(), e);
        }
    }
}
