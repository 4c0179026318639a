package dev.listrakrelay.start;

import java.io.PrintStream;

/** Prints the events that Listrak or a third party may have twice. */
final class AmbiguousCommand {

    private AmbiguousCommand() {}

    static int run(CommandOptions options, AdminClient relay, PrintStream out, PrintStream err)
            throws AdminClient.CallRefused {
        options.plain(0, "options alone, such as --from 2026-06-06T00:00:00Z");
        StringBuilder path = new StringBuilder("ambiguous?format=" + options.oneOf("--format", "csv", "ndjson"));
        for (String option : new String[] {"from", "to", "spool"}) {
            options.get("--" + option)
                    .ifPresent(value -> path.append('&' + option + '=').append(AdminClient.encoded(value)));
        }
        out.print(relay.get(path.toString()));
        return 0;
    }
}
