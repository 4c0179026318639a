package dev.listrakrelay.file;

import dev.listrakrelay.log.Plural;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Holds the progress of a file. It is saved on disk until the file is finished, so that the relay continues after a crash.
 *
 * @param version the size and time of the file, to recognise another file of the same name
 * @param lines the number of lines that are in the spool or in the file of bad lines
 * @param bad the number of bad lines
 * @param badBytes the size of the file of bad lines
 * @param number the number of the {@link DoneFile}
 */
record Progress(String version, long lines, long bad, long badBytes, int number) {

    /** Creates the progress of a new file. */
    Progress(String version, int number) {
        this(version, 0, 0, 0, number);
    }

    /** Reads the saved progress of a file; empty if there is none, or if it belongs to another file of that name. */
    static Optional<Progress> read(Path file, String version) throws IOException {
        if (Files.exists(file)) {
            String[] words = Files.readString(file).strip().split(" ");
            if (words.length >= 4 && words[0].equals(version)) {
                // an earlier version did not write the number
                int number = words.length == 4 ? 1 : Integer.parseInt(words[4]);
                return Optional.of(new Progress(
                        version, Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]), number));
            }
        }
        return Optional.empty();
    }

    /** Returns the number of lines in words, such as {@code 1 line}. */
    String linesText() {
        return Plural.of(lines, "line");
    }

    /** Returns the progress after another batch. */
    Progress plus(int moreLines, int moreBad, long moreBytes) {
        return new Progress(version, lines + moreLines, bad + moreBad, badBytes + moreBytes, number);
    }

    /** Writes the progress as a whole or not at all. */
    void write(Path file) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, version + " " + lines + " " + bad + " " + badBytes + " " + number);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
