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
        Path done = done(file);
        Progress all = file.progress();
        LOG.infof(
                "file %s: done, %d lines, %d of them bad; lies in .done as %s",
                name, all.lines(), all.bad(), done.getFileName());
    }

    private static Path done(DroppedFile file) {
        try {
            return file.done();
        } catch (IOException e) {
            throw new UnreadableFile(file.path(), e);
        }
    }
}
