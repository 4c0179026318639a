package dev.listrakrelay.suggest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A diff is that of {@code diff -u}, and {@code patch} and {@code git apply} accept it. */
class UnifiedDiffTest {

    @TempDir
    Path folder;

    @Test
    void theSameTextHasNoDiff() {
        assertEquals("", UnifiedDiff.of("a", "x\n", "x\n"));
    }

    @Test
    void changesFarApartAreHunksOfTheirOwn() {
        // given
        List<String> lines =
                IntStream.rangeClosed(1, 20).mapToObj(Integer::toString).toList();
        String before = String.join("\n", lines) + "\n";

        // when
        String diff = UnifiedDiff.of(
                "my file", before, before.replace("\n2\n", "\n2\nnew\n").replace("\n19\n", "\n"));

        // then
        assertEquals(
                """
                --- my file\t
                +++ my file\t
                @@ -1,5 +1,6 @@
                 1
                 2
                +new
                 3
                 4
                 5
                @@ -16,5 +17,4 @@
                 16
                 17
                 18
                -19
                 20
                """,
                diff);
    }

    @Test
    void anyTwoTextsDifferByTheirDiff() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            // given
            String before = text(random);
            String after = text(random);

            // when
            String diff = UnifiedDiff.of("a.txt", before, after);

            // then
            Path file = Files.writeString(folder.resolve("a.txt"), before);
            assertEquals(after, Patch.applied(file, diff), "\n" + before + "\nto\n" + after);
        }
    }

    /** Some of few lines, so that many are the same; not empty, because git would want another header. */
    private static String text(Random random) {
        String lines = IntStream.range(0, 1 + random.nextInt(30))
                .mapToObj(i -> String.valueOf((char) ('a' + random.nextInt(4))))
                .collect(Collectors.joining("\n"));
        return random.nextBoolean() ? lines : lines + "\n";
    }
}
