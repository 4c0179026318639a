package dev.listrakrelay.start;

import io.smallrye.config.SmallRyeConfig;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs the commands that ask a running relay, and turns what it answers into an exit code. */
final class OperatorCommands {

    static final int BAD_USAGE = 64;
    static final int NOT_REACHED = 69;
    static final int BAD_CONFIGURATION = 78;

    private static final String URL = "--url";
    private static final Map<String, Command> COMMANDS = Map.of(
            "alerts", new Command(AlertsCommand::run, Set.of(URL)),
            "ambiguous", new Command(AmbiguousCommand::run, Set.of(URL, "--from", "--to", "--format", "--spool")),
            "books", new Command(BooksCommand::run, Set.of(URL, "--day", "--format", "--spool")),
            "case", new Command(CaseCommand::run, Set.of(URL, "--spool")),
            "diff", new Command(DiffCommand::run, Set.of(URL, "--hours", "--format")),
            "suggest", new Command(SuggestCommand::run, Set.of(URL, "--hours")));

    private OperatorCommands() {}

    private record Command(Run run, Set<String> options) {}

    /** What a command does. */
    interface Run {
        int with(CommandOptions options, AdminClient relay, PrintStream out, PrintStream err)
                throws AdminClient.CallRefused;
    }

    static boolean has(String name) {
        return COMMANDS.containsKey(name);
    }

    /** @return the exit code: that of the command, 64 for wrong usage, 69 if no relay answers, 78 if the token is refused */
    static int run(List<String> args, SmallRyeConfig config, PrintStream out, PrintStream err) {
        Command command = COMMANDS.get(args.get(0));
        try {
            CommandOptions options = new CommandOptions(args.subList(1, args.size()), command.options());
            return command.run().with(options, new AdminClient(options.get(URL), config), out, err);
        } catch (CommandOptions.BadUsage e) {
            err.println(args.get(0) + ": " + e.getMessage());
            return BAD_USAGE;
        } catch (AdminClient.CallRefused e) {
            err.println(e.getMessage());
            return exitCode(e.status());
        }
    }

    private static int exitCode(int status) {
        return switch (status) {
            case 400, 413 -> BAD_USAGE;
            case 401, 403, 404 -> BAD_CONFIGURATION;
            default -> NOT_REACHED;
        };
    }
}
