package dev.listrakrelay.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts the files in the file source's folder that wait to be read. */
class WaitingFilesTest {

    @TempDir
    Path folder;

    @Test
    void filesOfEventsCountAndNothingElse() throws IOException {
        // given
        Files.createDirectories(folder.resolve(".done"));
        Files.createDirectories(folder.resolve("folder.csv"));
        Files.writeString(folder.resolve(".done").resolve("old.csv"), "");
        for (String name : List.of("a.csv", "b.NDJSON", "c.jsonl", "d.txt", "e.csv.tmp", ".f.csv")) {
            Files.writeString(folder.resolve(name), "");
        }

        // when
        double count = WaitingFiles.count(folder);

        // then
        assertThat(count, is(3.0));
    }

    @Test
    void aFolderThatCantBeReadHasNoCount() {
        assertThat(WaitingFiles.count(folder.resolve("none")), is(Double.NaN));
    }
}
