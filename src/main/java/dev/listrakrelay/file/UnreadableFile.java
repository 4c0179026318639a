package dev.listrakrelay.file;

import java.io.IOException;
import java.nio.file.Path;

/** A file can't be read, or put aside: it stays where it is, with what was taken of it noted. */
public final class UnreadableFile extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadableFile(Path file, IOException cause) {
        super(
                "file " + file.getFileName() + ": can't be read or moved to .done, stays and is tried again; " + cause,
                cause);
    }
}
