package dev.listrakrelay.start;

import dev.listrakrelay.settings.ConfiguredName;
import dev.listrakrelay.spool.SpoolUnavailable;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;

/** Describes why a start failed, as <em>where: what, expected, found</em>, for mistakes that only show during the start. */
final class StartFailure {

    private static final List<String> PORTS =
            List.of("quarkus.http.port", "quarkus.http.ssl-port", "quarkus.management.port");
    private static final Pattern STEP = Pattern.compile(" at: >>> (.+?) <<<");
    private static final Pattern IN_YAML = Pattern.compile("(?m)^(.+)\\R in (.+), line (\\d+), column \\d+");
    private static final Pattern MANAGEMENT = Pattern.compile("Unable to start the management interface on .+:(\\d+)");
    private static final Pattern CERTIFICATE =
            Pattern.compile("Invalid .*configuration for certificate '(.+?)'.*", Pattern.DOTALL);

    private final List<Throwable> causes;
    private final Function<String, Optional<String>> value;

    /** @param value returns the configured value of a key */
    StartFailure(Throwable failure, Function<String, Optional<String>> value) {
        this.causes =
                Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
        this.value = value;
    }

    /** Returns at least one line for any failure. */
    List<String> lines() {
        return causes.stream()
                .filter(ConfigValidationException.class::isInstance)
                .map(ConfigValidationException.class::cast)
                .findFirst()
                .map(StartFailure::problems)
                .orElseGet(() -> List.of(line()));
    }

    /** Returns the mistakes in settings of Quarkus and Camel. */
    private static List<String> problems(ConfigValidationException invalid) {
        return IntStream.range(0, invalid.getProblemCount())
                .mapToObj(problem -> invalid.getProblem(problem).getMessage().replaceAll("SRCFG\\d+: ", ""))
                .toList();
    }

    private String line() {
        return causes.stream()
                .flatMap(cause -> known(cause).stream())
                .findFirst()
                .or(this::inYaml)
                .orElseGet(() -> "start: failed, " + rootCause());
    }

    private Optional<String> known(Throwable cause) {
        // the messages of both have the form already
        if (cause instanceof SpoolUnavailable || cause instanceof ConfigurationException) {
            return Optional.ofNullable(cause.getMessage());
        }
        if (cause instanceof QuarkusBindException inUse) {
            return Optional.of(port(inUse.getPort()));
        }
        if (cause instanceof FailedToCreateRouteException route) {
            return Optional.of(route(route.getRouteId(), route.getMessage()));
        }
        if (cause instanceof FailedToStartRouteException route) {
            return Optional.of(route(route.getRouteId(), route.getMessage()));
        }
        return match(MANAGEMENT, cause)
                .map(match -> port(Integer.parseInt(match.group(1))))
                .or(() -> match(CERTIFICATE, cause)
                        .map(match -> "quarkus.tls." + match.group(1)
                                + ": expected certificates and keys in PEM, found " + rootCause()));
    }

    private static Optional<Matcher> match(Pattern pattern, Throwable cause) {
        return Optional.ofNullable(cause.getMessage()).map(pattern::matcher).filter(Matcher::matches);
    }

    private String port(int port) {
        String key = PORTS.stream()
                .filter(one ->
                        value.apply(one).filter(String.valueOf(port)::equals).isPresent())
                .findFirst()
                .orElse(PORTS.get(0));
        return ConfiguredName.withVariable(key, ConfiguredName.variableOf(key)) + ": expected a free port, found "
                + port + ", which another program uses";
    }

    private String route(String id, String message) {
        Matcher step = STEP.matcher(message);
        return "route " + id + ": " + (step.find() ? step.group(1) + ": " : "") + rootCause();
    }

    /** Uses the last position in the message, which is that of the mistake. The positions before it are of its parents. */
    private Optional<String> inYaml() {
        return IN_YAML.matcher(String.valueOf(root().getMessage()))
                .results()
                .reduce((before, last) -> last)
                .map((MatchResult position) ->
                        position.group(2) + ": line " + position.group(3) + ": " + position.group(1));
    }

    private Throwable root() {
        return causes.get(causes.size() - 1);
    }

    private String rootCause() {
        String name = root().getClass().getSimpleName();
        return Optional.ofNullable(root().getMessage())
                .flatMap(message -> message.lines().findFirst())
                .map(first -> name + ": " + first)
                .orElse(name);
    }
}
