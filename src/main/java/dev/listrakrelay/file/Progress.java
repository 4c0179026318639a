package dev.listrakrelay.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * How far a file was taken, kept beside it until it is done.
 *
 * @param version tells the file from another of its name
 * @param lines how many of its lines are in the spool, or among the bad ones
 * @param bad how many of these could not be taken
 * @param badBytes how much was written of them
 * @param number of its {@link DoneFile}
 */
record Progress(String version, long lines, long bad, long badBytes, int number) {

    /** Of a file of which nothing was taken. */
    Progress(String version, int number) {
        this(version, 0, 0, 0, number);
    }

    /** What is known of a file; nothing where that is of another. */
    static Optional<Progress> read(Path kept, String version) throws IOException {
        if (Files.exists(kept)) {
            String[] words = Files.readString(kept).strip().split(" ");
            if (words.length >= 4 && words[0].equals(version)) {
                // the first release wrote no number
                int number = words.length == 4 ? 1 : Integer.parseInt(words[4]);
                return Optional.of(new Progress(
                        version, Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]), number));
            }
        }
        return Optional.empty();
    }

    Progress plus(int moreLines, int moreBad, long moreBytes) {
        return new Progress(version, lines + moreLines, bad + moreBad, badBytes + moreBytes, number);
    }

    /** Writes it as a whole or not at all. */
    void write(Path kept) throws IOException {
        Path next = kept.resolveSibling(kept.getFileName() + ".next");
        Files.writeString(next, version + " " + lines + " " + bad + " " + badBytes + " " + number);
        Files.move(next, kept, StandardCopyOption.ATOMIC_MOVE);
    }
}
