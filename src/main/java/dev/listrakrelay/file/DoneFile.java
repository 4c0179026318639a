package dev.listrakrelay.file;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Builds the paths of a finished file and of the file with its bad lines.
 *
 * @param folder the folder of all finished files
 * @param name the name of the file when it was dropped
 * @param number 1, or the number that the name gets because a file of that name was finished before
 */
record DoneFile(Path folder, String name, int number) {

    /** Returns the paths with the lowest number that no file uses. */
    static DoneFile unused(Path folder, String name) {
        DoneFile done = new DoneFile(folder, name, 1);
        while (Files.exists(done.path()) || Files.exists(done.badLines())) {
            done = new DoneFile(folder, name, done.number + 1);
        }
        return done;
    }

    /** Returns the path of the finished file, such as {@code orders.csv} or {@code orders-2.csv}. */
    Path path() {
        int extension = name.lastIndexOf('.');
        return folder.resolve(
                number == 1 ? name : name.substring(0, extension) + "-" + number + name.substring(extension));
    }

    Path badLines() {
        return folder.resolve(path().getFileName() + ".bad.ndjson");
    }
}
