package dev.listrakrelay.start;

import io.smallrye.config.SmallRyeConfig;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Finds what there is of what may be many, such as webhooks: by the keys and variables that name them. */
final class Names {

    private Names() {}

    /** @param prefix of their keys, such as {@code webhook} of {@code webhook.<name>.secret} */
    static Set<String> under(String prefix, SmallRyeConfig config) {
        Pattern key = Pattern.compile(Pattern.quote(prefix) + "\\.([^.]+)\\.[^.]+");
        Pattern variable = Pattern.compile(Setting.variable(prefix) + "_([A-Z0-9]+)_[A-Z_]+");
        Stream<String> keys = StreamSupport.stream(config.getPropertyNames().spliterator(), false);
        Stream<String> variables =
                found(variable, System.getenv().keySet().stream()).map(name -> name.toLowerCase(Locale.ROOT));
        return Stream.concat(found(key, keys), variables).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> found(Pattern pattern, Stream<String> names) {
        return names.map(pattern::matcher).filter(Matcher::matches).map(match -> match.group(1));
    }
}
