package dev.listrakrelay.start;

import dev.listrakrelay.http.ConnectionLimits;
import dev.listrakrelay.sandbox.SandboxGreeting;
import dev.listrakrelay.sandbox.SandboxGuard;
import dev.listrakrelay.settings.Program;
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

/** Decides what a call of the program does: help, a look at the mapping, or a checked start of the service. */
public final class Start {

    private static final int BAD_USAGE = 64;
    private static final int BAD_CONFIGURATION = 78;
    private static final String HELP =
            """
            Listrak Relay takes customer events, keeps them safe, and delivers them to Listrak.

            Usage: {program} [command]

              (no command)                          runs the service
              check <folder or file>                checks *.mapping.yaml and runs the *.cases.yaml beside them
              explain <event.json> [<schema.json>]  tells what would become of an event, by mapping.file; the schema is an
                                                    answer to GET eventConfigurations/{eventUID}
              doctor                                looks at the configuration, the accounts at Listrak, the disk, brokers
                                                    and third parties; starts nothing, sends no event
              sign --secret … <body.json>           prints a curl that posts a webhook as Listrak would
              drain                                 moves what waits in the SQLite spools of spool.dir to Kafka, once
                                                    spool.engine is kafka, while no relay runs on them
              rehearse                              starts the service in a sandbox, and stops it when it is ready
              --version                             prints the version, and the commit it was built from
              --help                                prints this

            To try it, with a sandbox Listrak inside and nothing to configure:
              {sandbox}

            check and explain need no configuration and no network, and send nothing. drain may be interrupted and run
            again at any time.

            Exit codes: 0 all well; 1 check: a case gives something else; 64 not called as above; 65 check, explain: a file
            has mistakes; 66 check, explain, drain: no such file; 74 the service could not write to its disk; 75 drain: not
            done, run it again; 78 the service or the drain can't start with its configuration, or doctor found
            something to fix.

            Configuration: environment variables, -D, or config/application.properties beside the program.
            Needed: LISTRAK_CLIENT_ID, LISTRAK_CLIENT_SECRET, LISTRAK_COMPANY_ID, LISTRAK_EVENT_UID, SOURCE_REST_WRITE_KEYS.
            Every key with its unit and default stands in application.properties.
            """;

    private Start() {}

    /** @return the exit code, as the help tells them */
    public static int with(String... args) {
        if (args.length > 0) {
            return command(List.of(args));
        }
        return service(null);
    }

    /**
     * Runs the service, if its configuration lets it.
     *
     * @param onceStarted what to do when it has started, and to stop with; null: it runs until it is told to stop, and a
     *     sandbox says what to try
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
        // a stop that was asked for is no failure: 0, not 143
        Signal.handle(new Signal("TERM"), signal -> Quarkus.asyncExit(0));
        boolean isGreeted = onceStarted == null && SandboxGuard.isSandbox(config.getProfiles());
        int[] exitCode = {0};
        Quarkus.run(
                isGreeted ? SandboxGreeting.class : onceStarted,
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
                return CdsTrainingRun.perform();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (name.equals("sign")) {
            String[] options = args.subList(1, args.size()).toArray(String[]::new);
            return new SignCommand(Clock.systemUTC(), System.out, System.err).run(options);
        }
        if (args.equals(List.of("drain"))) {
            return DrainCommand.run(Configuration.read(), Clock.systemUTC(), System.out);
        }
        System.err.print("unknown call " + String.join(" ", args) + ", see below\n\n" + help());
        return BAD_USAGE;
    }

    private static String help() {
        return HELP.replace("{program}", Program.call())
                .replace("{sandbox}", Program.call("-Dquarkus.profile=sandbox"));
    }
}
