package dev.listrakrelay.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file source reads a file only after it is completely written. */
class WholeFilesTest {

    @TempDir
    Path dir;

    private final WholeFiles files = new WholeFiles();

    @Test
    void aFileIsReadOnceItIsUnchangedSinceTheLastPoll() throws Exception {
        // given
        Path file = Files.writeString(dir.resolve("a.ndjson"), "");
        Path other = Files.writeString(dir.resolve("b.ndjson"), "{}");
        Files.setLastModifiedTime(other, FileTime.from(Instant.parse("2999-01-01T00:00:00Z")));

        // when
        List<Boolean> first = List.of(isTaken(file), isTaken(other));
        Files.writeString(file, "{}");
        List<Boolean> second = List.of(isTaken(file), isTaken(other));
        boolean third = isTaken(file);

        // then
        assertThat(first, contains(false, false));
        assertThat(second, contains(false, true));
        assertThat(third, is(true));
    }

    @Test
    void anUnreadableFileIsNeverTaken() throws Exception {
        // given
        List<Path> none = List.of(
                Files.createDirectory(dir.resolve("folder.csv")),
                Files.createSymbolicLink(dir.resolve("endless.csv"), Path.of("/dev/zero")),
                Files.createSymbolicLink(dir.resolve("loop.csv"), dir.resolve("loop.csv")),
                dir.resolve("gone.csv"));

        // when // then
        for (int poll = 0; poll < 3; poll++) {
            for (Path path : none) {
                assertThat(path.toString(), isTaken(path), is(false));
            }
        }
    }

    private boolean isTaken(Path path) throws Exception {
        GenericFile<File> file = new GenericFile<>();
        file.setFile(path.toFile());
        file.setAbsoluteFilePath(path.toString());
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            return files.acquireExclusiveReadLock(null, file, new DefaultExchange(camel));
        }
    }
}
