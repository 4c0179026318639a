package dev.listrakrelay.webhook;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Signs a file as Listrak does, and prints a {@code curl} command that posts it. So you can test without Journey Hub. */
public final class SignCommand {

    private static final int BAD_USAGE = 64;
    private static final Set<String> OPTIONS = Set.of("--secret", "--name", "--url");
    private static final String USAGE =
            """
            sign --secret <secret> [--name <webhook>] [--url http://localhost:8080] <file>

            Prints a curl command that posts the file as Listrak does. It is valid for webhook.<name>.tolerance (15 min).
            """;

    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    public SignCommand(Clock clock, PrintStream out, PrintStream err) {
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /** @return the exit code: 0, or 64 if an argument is wrong or the file can't be read */
    public int run(String... arguments) {
        Map<String, String> given = new HashMap<>(Map.of("--name", "demo", "--url", "http://localhost:8080"));
        for (int i = 0; i < arguments.length; i++) {
            if (OPTIONS.contains(arguments[i]) && i + 1 < arguments.length) {
                given.put(arguments[i], arguments[++i]);
            } else if (arguments[i].startsWith("-") || given.put("file", arguments[i]) != null) {
                return refuse("unexpected argument: " + arguments[i]);
            }
        }
        if (!given.containsKey("--secret") || !given.containsKey("file")) {
            return refuse("expected --secret and a file");
        }
        try {
            out.println(curl(given));
            return 0;
        } catch (IOException e) {
            return refuse("can't read " + given.get("file"));
        }
    }

    private String curl(Map<String, String> given) throws IOException {
        byte[] body = Files.readAllBytes(Path.of(given.get("file")));
        String timestamp = String.valueOf(clock.instant().getEpochSecond());
        ListrakSignature signature = ListrakSignature.of(given.get("--secret"), body, timestamp);
        return "curl -i --data-binary " + quoted("@" + given.get("file"))
                + " -H 'Content-Type: application/json' -H 'LTK-Timestamp: "
                + timestamp + "' -H 'LTK-HmacSignature: " + signature.base64() + "' "
                + quoted(given.get("--url") + WebhookConfig.path(given.get("--name")));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private int refuse(String why) {
        err.println(why + "\n\n" + USAGE);
        return BAD_USAGE;
    }
}
