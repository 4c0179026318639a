package dev.listrakrelay.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * How far a file was taken, kept beside it until it is done.
 *
 * @param version tells the file from another of its name
 * @param lines how many of its lines are in the spool, or among the bad ones
 * @param bad how many of these could not be taken
 * @param badBytes how much was written of them
 */
record Progress(String version, long lines, long bad, long badBytes) {

    /** What is known of a file; nothing of it was taken where that is of another. */
    static Progress read(Path kept, String version) throws IOException {
        if (Files.exists(kept)) {
            String[] words = Files.readString(kept).strip().split(" ");
            if (words.length == 4 && words[0].equals(version)) {
                return new Progress(
                        version, Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
            }
        }
        return new Progress(version, 0, 0, 0);
    }

    Progress plus(int moreLines, int moreBad, long moreBytes) {
        return new Progress(version, lines + moreLines, bad + moreBad, badBytes + moreBytes);
    }

    /** Writes it as a whole or not at all. */
    void write(Path kept) throws IOException {
        Path next = kept.resolveSibling(kept.getFileName() + ".next");
        Files.writeString(next, version + " " + lines + " " + bad + " " + badBytes);
        Files.move(next, kept, StandardCopyOption.ATOMIC_MOVE);
    }
}
