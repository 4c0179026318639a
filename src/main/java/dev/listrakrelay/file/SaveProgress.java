package dev.listrakrelay.file;

import dev.listrakrelay.ingest.CheckEvents;
import dev.listrakrelay.ingest.IntakeResult;
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
    private static final int TOLD_EVERY = 100_000;

    @Override
    public void process(Exchange exchange) throws IOException {
        DroppedFile file = exchange.getProperty(DroppedFile.PROPERTY, DroppedFile.class);
        long before = file.progress().lines();
        file.taken(exchange.getProperty(CheckEvents.INTAKE, IntakeResult.class).rejected());
        Progress now = file.progress();
        if (before / TOLD_EVERY < now.lines() / TOLD_EVERY) {
            LOG.infof("file %s: %d lines taken, %d of them bad", file.path().getFileName(), now.lines(), now.bad());
        }
    }
}
