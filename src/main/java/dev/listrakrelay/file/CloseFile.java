package dev.listrakrelay.file;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jboss.logging.Logger;

/** Tells what came of a file, all of which is in the spool or among its bad lines. */
@Singleton
@Named("closeFile")
public class CloseFile implements Processor {

    private static final Logger LOG = Logger.getLogger(CloseFile.class);

    @Override
    public void process(Exchange exchange) throws IOException {
        DroppedFile file = exchange.getProperty(DroppedFile.PROPERTY, DroppedFile.class);
        file.done();
        Progress all = file.progress();
        LOG.infof("file %s: done, %d lines, %d of them bad", file.path().getFileName(), all.lines(), all.bad());
    }
}
