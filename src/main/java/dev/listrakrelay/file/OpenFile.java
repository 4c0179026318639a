package dev.listrakrelay.file;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jboss.logging.Logger;

/** Opens a file, and makes it the message body: an iterator of batches that starts after the lines stored already. */
@Singleton
@Named("openFile")
public class OpenFile implements Processor {

    private static final Logger LOG = Logger.getLogger(OpenFile.class);

    @Override
    public void process(Exchange exchange) {
        DroppedFile file = open(exchange.getMessage().getBody(File.class).toPath());
        LOG.infof(
                "file %s: started after line %d",
                file.path().getFileName(), file.progress().lines());
        exchange.setProperty(DroppedFile.PROPERTY, file);
        exchange.getMessage().setBody(file);
    }

    private static DroppedFile open(Path path) {
        try {
            return new DroppedFile(path);
        } catch (IOException e) {
            throw new UnreadableFile(path, e);
        }
    }
}
