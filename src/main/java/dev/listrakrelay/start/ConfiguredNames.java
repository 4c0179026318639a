package dev.listrakrelay.start;

import dev.listrakrelay.listrak.ListrakConfig;
import io.smallrye.config.SmallRyeConfig;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Finds the names of the webhooks, Listrak accounts, shapes and quiet events that are configured, in property keys and environment
 * variables.
 */
final class ConfiguredNames {

    static final String WEBHOOK = "webhook";
    static final String ACCOUNT = "listrak";
    static final String SHAPE = "source.rest.shapes";
    static final String QUIET = "alerts.quiet";

    private static final Pattern WEBHOOK_VARIABLE = Pattern.compile("WEBHOOK_([A-Z0-9]+)_[A-Z_]+");
    private static final Pattern QUIET_VARIABLE = Pattern.compile("ALERTS_QUIET_([A-Z0-9]+)_[A-Z_]+");
    private static final Pattern SHAPE_VARIABLE = Pattern.compile("SOURCE_REST_SHAPES_([A-Z0-9]+)_[A-Z_]+");
    /** The variable has to end with a key of an account, because LISTRAK_CLIENT_ID contains no name. */
    private static final Pattern ACCOUNT_VARIABLE = Pattern.compile("LISTRAK_([A-Z0-9]+)_("
            + Arrays.stream(ListrakConfig.Named.class.getMethods())
                    .map(method -> Setting.variable(Setting.kebab(method.getName())))
                    .collect(Collectors.joining("|"))
            + ")");

    private ConfiguredNames() {}

    /** Returns the names by the prefix of their keys. */
    static Map<String, Set<String>> in(SmallRyeConfig config) {
        return Map.of(
                WEBHOOK, names(WEBHOOK, WEBHOOK_VARIABLE, config),
                ACCOUNT, names(ACCOUNT, ACCOUNT_VARIABLE, config),
                SHAPE, names(SHAPE, SHAPE_VARIABLE, config),
                QUIET, names(QUIET, QUIET_VARIABLE, config));
    }

    private static Set<String> names(String prefix, Pattern variable, SmallRyeConfig config) {
        Pattern key = Pattern.compile(Pattern.quote(prefix) + "\\.([^.]+)\\.[^.]+");
        // Quarkus lists a variable as a key too: LISTRAK_CLIENT_ID as listrak.client.id
        Stream<String> keys = StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> !System.getenv().containsKey(Setting.variable(name)));
        Stream<String> variables =
                found(variable, System.getenv().keySet().stream()).map(name -> name.toLowerCase(Locale.ROOT));
        return Stream.concat(found(key, keys), variables).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> found(Pattern pattern, Stream<String> names) {
        return names.map(pattern::matcher).filter(Matcher::matches).map(match -> match.group(1));
    }
}
