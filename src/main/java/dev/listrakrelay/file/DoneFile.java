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

    /** The first number under which nothing lies there. */
    static DoneFile free(Path folder, String name) {
        DoneFile done = new DoneFile(folder, name, 1);
        while (Files.exists(done.path()) || Files.exists(done.bad())) {
            done = new DoneFile(folder, name, done.number + 1);
        }
        return done;
    }

    /** Returns the path of the finished file, such as {@code orders.csv} or {@code orders-2.csv}. */
    Path path() {
        int ending = name.lastIndexOf('.');
        return folder.resolve(number == 1 ? name : name.substring(0, ending) + "-" + number + name.substring(ending));
    }

    Path bad() {
        return folder.resolve(path().getFileName() + ".bad.ndjson");
    }
}
