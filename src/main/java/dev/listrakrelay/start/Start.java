package dev.listrakrelay.start;

import dev.listrakrelay.webhook.SignCommand;
import io.quarkus.runtime.Quarkus;
import io.smallrye.config.SmallRyeConfig;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import sun.misc.Signal;

/** Decides what a call of the program does: help, or a checked start of the service. */
public final class Start {

    private static final int BAD_USAGE = 64;
    private static final int BAD_CONFIGURATION = 78;
    private static final String HELP =
            """
            Listrak Relay takes customer events, keeps them safe, and delivers them to Listrak.

              java -jar quarkus-run.jar                            runs the service
              java -Dquarkus.profile=sandbox -jar quarkus-run.jar  runs it with a sandbox Listrak inside, nothing to configure
              java -jar quarkus-run.jar sign --secret … body.json  prints a curl that posts a webhook as Listrak would
              java -jar quarkus-run.jar --help                     prints this

            Configuration: environment variables, -D, or config/application.properties beside the program.
            Needed: LISTRAK_CLIENT_ID, LISTRAK_CLIENT_SECRET, LISTRAK_COMPANY_ID, LISTRAK_EVENT_UID, SOURCE_REST_WRITE_KEYS.
            Every key with its unit and default stands in application.properties.
            """;

    private Start() {}

    /** @return the exit code: 0 after a clean stop, 64 for a call that isn't known, 78 for a mistake in the configuration */
    public static int with(String... args) {
        if (args.length > 0 && args[0].equals("sign")) {
            return new SignCommand(Clock.systemUTC(), System.out, System.err)
                    .run(Arrays.copyOfRange(args, 1, args.length));
        }
        if (args.length > 0) {
            boolean isHelp = List.of("--help", "-h", "help").contains(args[0]);
            PrintStream out = isHelp ? System.out : System.err;
            out.print(isHelp ? HELP : "unknown argument " + args[0] + ", expected none, sign or --help\n\n" + HELP);
            return isHelp ? 0 : BAD_USAGE;
        }
        List<String> mistakes =
                new ConfigurationCheck(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class)).mistakes();
        if (!mistakes.isEmpty()) {
            System.err.println("Listrak Relay can't start, " + mistakes.size() + " to mend:");
            mistakes.forEach(mistake -> System.err.println("  " + mistake));
            return BAD_CONFIGURATION;
        }
        // a stop that was asked for is no failure: 0, not 143
        Signal.handle(new Signal("TERM"), signal -> Quarkus.asyncExit(0));
        int[] exitCode = {0};
        Quarkus.run(null, (code, failure) -> exitCode[0] = code, args);
        return exitCode[0];
    }
}
