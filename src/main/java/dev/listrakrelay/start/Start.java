package dev.listrakrelay.start;

import dev.listrakrelay.http.ConnectionLimits;
import dev.listrakrelay.sandbox.SandboxGreeting;
import dev.listrakrelay.sandbox.SandboxGuard;
import dev.listrakrelay.settings.LaunchCommand;
import dev.listrakrelay.settings.Version;
import dev.listrakrelay.webhook.SignCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import sun.misc.Signal;

/** Runs the command of the command line, or checks the configuration and runs the service. */
public final class Start {

    private static final int BAD_USAGE = 64;
    private static final int BAD_CONFIGURATION = 78;
    private static final String HELP =
            """
            Listrak Relay accepts customer events, keeps them safe, and delivers them to Listrak.

            Usage: {program} [command]

              (no command)                          runs the service
              check <folder or file>                checks *.mapping.yaml files, and runs the *.cases.yaml files beside them
              explain <event.json> [<schema.json>]  shows what the mapping makes of an event; <schema.json> is Listrak's answer to
                                                    GET eventConfigurations/{eventUID}
              alerts test                           makes the relay send a test alert to alerts.url
              ambiguous [--from <time>] [--to <time>]
                                                    prints the events that Listrak may have twice, with times, cause and outcome;
                                                    --format csv or ndjson
              books --day <day> [--format csv]      prints how many events of a day (UTC) were accepted, and what became of them;
                                                    --format text, csv or json
              case <messageId>                      prints an event as an entry for a *.cases.yaml file, with pseudonyms
              diff <old> <new> [--hours 24]         prints which outcomes of the last hours' events change between two mapping
                                                    files; --format text or json
              suggest [<file>] [--hours 24]         prints lines that the mapping file, or the active mapping, could get, as a diff:
                                                    from Listrak's fields and the last hours' events
              doctor                                checks configuration, Listrak accounts, disk, brokers and third parties;
                                                    starts nothing and sends no event
              sign --secret … <body.json>           prints a curl command that posts a webhook as Listrak does, to --name demo
                                                    and --url http://localhost:8080
              drain                                 moves pending events from the SQLite spools in spool.dir to Kafka; before that,
                                                    set spool.engine=kafka and stop every relay that uses spool.dir
              rehearse                              starts the service in the sandbox, and stops it once it is ready
              --version                             prints the version and its commit
              --help                                prints this text

            To try the relay without configuration, with a sandbox Listrak inside:
              {sandbox}

            check and explain need no configuration and no network, and send nothing. You can interrupt drain and run it again.
            alerts, ambiguous, books, case, diff and suggest ask a running relay, with ADMIN_TOKEN: on this machine, or at
            --url http://host:9000. They change nothing.

            Exit codes: 0 success; 1 check: a case failed, diff: an outcome changes, suggest: there is a line to add; 64 wrong
            usage; 65 check, explain, diff, suggest: a file has mistakes; 66 check, explain, diff, suggest, drain: no such file,
            case: no such event; 69 alerts, ambiguous, books, case, diff, suggest: no relay answers; 74 the service could not
            write to its disk; 75 drain: not finished, run it again; 78 the configuration prevents the start of the service or
            the drain, doctor found something to fix, the relay refuses the token, or alerts: alerts.url is not set.

            Configuration: environment variables, -D options, or config/application.properties in the
            folder where you start the relay.
            Required: LISTRAK_CLIENT_ID, LISTRAK_CLIENT_SECRET, LISTRAK_COMPANY_ID, LISTRAK_EVENT_UID, SOURCE_REST_WRITE_KEYS.
            application.properties explains every key, with its unit and default.
            """;

    private Start() {}

    /** @return the exit code; the help text lists all codes */
    public static int with(String... args) {
        if (args.length > 0) {
            return command(List.of(args));
        }
        return service(null);
    }

    /**
     * Runs the service if its configuration has no mistakes.
     *
     * @param onceStarted the application to run after the start; the service stops when it returns. If null, the service runs
     *     until a signal stops it, and in the sandbox it prints what to try
     */
    static int service(Class<? extends QuarkusApplication> onceStarted) {
        SmallRyeConfig config = Configuration.read();
        ConfigurationCheck check = new ConfigurationCheck(config);
        List<String> mistakes = check.mistakes();
        if (!mistakes.isEmpty()) {
            return refuse(mistakes);
        }
        NativeProgram.usePrivateTemporaryFolder();
        ConnectionLimits.enable();
        // a stop by SIGTERM is no failure: exit code 0, not 143
        Signal.handle(new Signal("TERM"), signal -> Quarkus.asyncExit(0));
        boolean printsHints = onceStarted == null && SandboxGuard.isSandbox(config.getProfiles());
        int[] exitCode = {0};
        Quarkus.run(
                printsHints ? SandboxGreeting.class : onceStarted,
                (code, failure) -> exitCode[0] = failure == null ? code : refuse(check.mistakes(failure)));
        return exitCode[0];
    }

    private static int refuse(List<String> mistakes) {
        System.err.println("Listrak Relay can't start. Fix "
                + (mistakes.size() == 1 ? "this setting:" : "these " + mistakes.size() + " settings:"));
        mistakes.forEach(mistake -> System.err.println("  " + mistake));
        return BAD_CONFIGURATION;
    }

    private static int command(List<String> args) {
        String name = args.get(0);
        if (name.equals("help") || args.contains("--help") || args.contains("-h")) {
            System.out.print(help());
            return 0;
        }
        if (args.equals(List.of("version")) || args.equals(List.of("--version"))) {
            System.out.println(Version.read());
            return 0;
        }
        try {
            if (name.equals("check") && args.size() == 2) {
                return CheckCommand.run(Path.of(args.get(1)), System.out);
            }
            if (name.equals("explain") && (args.size() == 2 || args.size() == 3)) {
                Optional<Path> schema = args.stream().skip(2).findFirst().map(Path::of);
                return ExplainCommand.run(
                        Path.of(args.get(1)), schema, Configuration.read(), Clock.systemUTC(), System.out);
            }
            if (args.equals(List.of("doctor"))) {
                return DoctorCommand.run(Configuration.read(), System.out);
            }
            if (args.equals(List.of("rehearse"))) {
                return CdsTrainingRun.run();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (OperatorCommands.has(name)) {
            return OperatorCommands.run(args, Configuration.read(), System.out, System.err);
        }
        if (name.equals("sign")) {
            String[] options = args.subList(1, args.size()).toArray(String[]::new);
            return new SignCommand(Clock.systemUTC(), System.out, System.err).run(options);
        }
        if (args.equals(List.of("drain"))) {
            return DrainCommand.run(Configuration.read(), Clock.systemUTC(), System.out);
        }
        System.err.print("unknown command: " + String.join(" ", args) + "\n\n" + help());
        return BAD_USAGE;
    }

    private static String help() {
        return HELP.replace("{program}", LaunchCommand.command())
                .replace("{sandbox}", LaunchCommand.command("-Dquarkus.profile=sandbox"));
    }
}
