package dev.listrakrelay.file;

import dev.listrakrelay.ingest.Intake;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jboss.logging.Logger;

/** Saves the progress of a file after each stored batch, and writes the rejected lines with their reasons to a file. */
@Singleton
@Named("saveProgress")
public class SaveProgress implements Processor {

    private static final Logger LOG = Logger.getLogger(SaveProgress.class);
    private static final int LINES_PER_LOG = 100_000;

    @Override
    public void process(Exchange exchange) throws IOException {
        DroppedFile file = exchange.getProperty(DroppedFile.PROPERTY, DroppedFile.class);
        long previous = file.progress().lines();
        file.batchStored(Intake.of(exchange).result().rejected());
        Progress progress = file.progress();
        if (previous / LINES_PER_LOG < progress.lines() / LINES_PER_LOG) {
            LOG.infof("file %s: %d lines stored, %d bad", file.path().getFileName(), progress.lines(), progress.bad());
        }
    }
}
