package dev.listrakrelay.file;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a file lies when it is done, and what was bad of it.
 *
 * @param folder of all that is done
 * @param name of the file as it was dropped
 * @param number from 2 it is part of its name there, because another file of the name was done before
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

    /** Such as {@code orders.csv}, {@code orders-2.csv}. */
    Path path() {
        int ending = name.lastIndexOf('.');
        return folder.resolve(number == 1 ? name : name.substring(0, ending) + "-" + number + name.substring(ending));
    }

    Path bad() {
        return folder.resolve(path().getFileName() + ".bad.ndjson");
    }
}
