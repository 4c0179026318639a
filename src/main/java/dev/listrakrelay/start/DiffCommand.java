package dev.listrakrelay.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Prints which outcomes of the events of the last hours would change with another mapping. Nothing is sent or learned. */
final class DiffCommand {

    static final int CHANGES = 1;
    static final int MISTAKES = 65;
    static final int NO_FILE = 66;

    private DiffCommand() {}

    /**
     * @return the exit code: 0 if no outcome changes, 1 if one does, 65 if a mapping has mistakes, 66 if a file can't be read
     */
    static int run(CommandOptions options, AdminClient relay, PrintStream out, PrintStream err)
            throws AdminClient.CallRefused {
        List<String> files = options.plain(2, "two files: old.mapping.yaml new.mapping.yaml");
        String format = options.oneOf("--format", "text", "json");
        ObjectNode question = JsonNodeFactory.instance
                .objectNode()
                .put("hours", options.get("--hours").orElse("24"));
        try {
            question.put("old", Files.readString(Path.of(files.get(0))));
            question.put("mapping", Files.readString(Path.of(files.get(1))));
        } catch (IOException e) {
            err.println(e.getMessage() + ": expected a readable file");
            return NO_FILE;
        }
        DiffReport report = new DiffReport();
        JsonNode answer = relay.post("mapping/try", question);
        if (!answer.path("mistakes").isEmpty()) {
            answer.path("mistakes").forEach(mistake -> err.println(mistake(mistake, files)));
            return MISTAKES;
        }
        report.add(answer.path("changes"));
        while (answer.path("changes").has("next")) {
            err.printf("%,d of %,d events%n", report.looked(), report.events());
            question.put("since", answer.path("changes").path("since").asText())
                    .put("before", answer.path("changes").path("next").asLong());
            answer = relay.post("mapping/try", question);
            report.add(answer.path("changes"));
        }
        out.print(format.equals("json") ? report.json().toPrettyString() + "\n" : report.text());
        return report.changed() > 0 ? CHANGES : 0;
    }

    private static String mistake(JsonNode mistake, List<String> files) {
        String file = files.get(mistake.path("file").asText().equals("old") ? 0 : 1);
        return file + ": line " + mistake.path("line").asText() + ": "
                + mistake.path("message").asText();
    }
}
