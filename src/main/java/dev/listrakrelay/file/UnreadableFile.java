package dev.listrakrelay.file;

import java.io.IOException;
import java.nio.file.Path;

/** A file that the relay can't read or move. The file stays in the folder, and its progress stays saved. */
public final class UnreadableFile extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadableFile(Path file, IOException cause) {
        super("file " + file.getFileName() + ": can't be read or moved to .done, trying again, " + cause, cause);
    }
}
