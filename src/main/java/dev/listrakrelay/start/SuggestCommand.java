package dev.listrakrelay.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Prints suggested lines of the mapping as a diff, and what else to look at as messages. It changes nothing. */
final class SuggestCommand {

    static final int SUGGESTIONS = 1;
    static final int MISTAKES = 65;
    static final int NO_FILE = 66;

    private SuggestCommand() {}

    /**
     * @return the exit code: 0 if there is no line to suggest, 1 if there is one, 65 if the mapping has mistakes, 66 if the
     *     file can't be read
     */
    static int run(CommandOptions options, AdminClient relay, PrintStream out, PrintStream err)
            throws AdminClient.CallRefused {
        Optional<String> file = options.optional("at most one file: listrak.mapping.yaml");
        ObjectNode question = JsonNodeFactory.instance
                .objectNode()
                .put("hours", options.get("--hours").orElse("24"));
        if (file.isPresent()) {
            try {
                question.put("file", file.get()).put("mapping", Files.readString(Path.of(file.get())));
            } catch (IOException e) {
                err.println(e.getMessage() + ": expected a readable file");
                return NO_FILE;
            }
        }
        JsonNode answer = relay.post("mapping/suggestions", question);
        if (!answer.path("mistakes").isEmpty()) {
            answer.path("mistakes")
                    .forEach(mistake -> err.println(file.orElse("mapping") + ": line "
                            + mistake.path("line").asText() + ": "
                            + mistake.path("message").asText()));
            return MISTAKES;
        }
        report(answer, err);
        out.print(answer.path("diff").asText());
        return answer.path("diff").asText().isEmpty() ? 0 : SUGGESTIONS;
    }

    private static void report(JsonNode answer, PrintStream err) {
        err.printf(
                "%,d of %,d events since %s looked at, at most %,d of each name%n",
                answer.path("looked").asLong(),
                answer.path("kept").path("events").asLong(),
                answer.path("since").asText(),
                answer.path("perName").asLong());
        answer.path("customEvents").forEach(customEvent -> {
            if (!customEvent.has("fields")) {
                String why = customEvent.path("lastFailure").asText("they were not read yet");
                err.println(customEvent.path("customEvent").asText() + ": Listrak's fields are unknown, " + why);
            }
        });
        answer.path("suggestions")
                .forEach(suggestion -> err.println(suggestion.path("message").asText()
                        + (suggestion.path("inDiff").asBoolean(true)
                                ? ""
                                : "; add this line yourself under "
                                        + suggestion.path("place").asText() + ": "
                                        + suggestion.path("line").asText())));
    }
}
