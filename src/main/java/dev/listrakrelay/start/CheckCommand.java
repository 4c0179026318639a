package dev.listrakrelay.start;

import dev.listrakrelay.log.Plural;
import dev.listrakrelay.mapping.CaseFile;
import dev.listrakrelay.mapping.InvalidMapping;
import dev.listrakrelay.mapping.Mapping;
import dev.listrakrelay.mapping.MappingCase;
import dev.listrakrelay.mapping.MappingFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks mapping files and runs the case files beside them. It needs no configuration and no network. */
final class CheckCommand {

    static final int CASE_FAILED = 1;
    static final int MISTAKES = 65;
    static final int NO_FILE = 66;

    private static final String MAPPING = ".mapping.yaml";
    private static final int MAX_DEPTH = 5;

    private final PrintStream out;
    private int exitCode;

    private CheckCommand(PrintStream out) {
        this.out = out;
    }

    /**
     * @param path a mapping file, or a folder with mapping files, at most 5 levels deep
     * @return the exit code: 0 if all cases pass, 1 if a case fails, 65 if a file has mistakes, 66 if there is nothing to
     *     check
     */
    static int run(Path path, PrintStream out) throws IOException {
        CheckCommand check = new CheckCommand(out);
        List<Path> files = Files.isDirectory(path) ? mappingsIn(path) : List.of(path);
        if (files.isEmpty() || !Files.isReadable(path)) {
            out.println(path + ": nothing to check, expected a mapping file or a folder with *" + MAPPING + " files");
            return NO_FILE;
        }
        for (Path file : files) {
            check.check(file);
        }
        return check.exitCode;
    }

    /** Skips the folders whose names start with {@code ..}: a mounted ConfigMap has a second copy of each file there. */
    private static List<Path> mappingsIn(Path folder) throws IOException {
        try (Stream<Path> found =
                Files.find(folder, MAX_DEPTH, (file, is) -> file.toString().endsWith(MAPPING))) {
            return found.filter(file -> !folder.relativize(file).toString().startsWith(".."))
                    .sorted()
                    .toList();
        }
    }

    private void check(Path file) throws IOException {
        try {
            Mapping mapping = MappingFile.read(file.toString(), Files.readAllBytes(file));
            out.println(file + ": " + Plural.of(mapping.rules().size(), "rule"));
            mapping.warnings().forEach(warning -> out.println(file + ": warning: " + warning));
            Optional<Path> cases =
                    CaseFile.beside(file.toString()).map(Path::of).filter(Files::exists);
            if (cases.isPresent()) {
                run(mapping, cases.get());
            }
        } catch (InvalidMapping e) {
            e.mistakes().forEach(out::println);
            exitCode = MISTAKES;
        }
    }

    private void run(Mapping mapping, Path file) throws IOException {
        List<MappingCase> cases = CaseFile.read(file.toString(), Files.readAllBytes(file));
        int failed = 0;
        for (MappingCase one : cases) {
            List<String> differences = one.differences(mapping);
            if (!differences.isEmpty()) {
                failed++;
                out.println(file + ": " + one.name());
                differences.forEach(difference -> out.println("    " + difference));
            }
        }
        String all = Plural.of(cases.size(), "case");
        out.println(file + ": " + (failed == 0 ? all + " passed" : failed + " of " + all + " failed"));
        if (failed > 0) {
            exitCode = Math.max(exitCode, CASE_FAILED);
        }
    }
}
