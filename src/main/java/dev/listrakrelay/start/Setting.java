package dev.listrakrelay.start;

import dev.listrakrelay.settings.ConfiguredName;
import dev.listrakrelay.settings.Secrets;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks the value of one key of the configuration against its declaration in a {@link ConfigMapping}.
 *
 * @param key the property key
 * @param setBy the environment variable that sets the key
 * @param method the method that declares the key
 */
record Setting(String key, String setBy, Method method) {

    /** Placeholder in a key for the name of a webhook, an account or a shape. */
    private static final String NAME = "<name>";

    /** The converter reads any other text as false. */
    private static final Set<String> BOOLEANS = Set.of("true", "false");

    private static final Map<Class<?>, String> EXPECTED = Map.ofEntries(
            Map.entry(int.class, "an integer"),
            Map.entry(long.class, "an integer"),
            Map.entry(Long.class, "an integer"),
            Map.entry(double.class, "a number"),
            Map.entry(boolean.class, "true or false"),
            Map.entry(UUID.class, "a UUID such as 7d3b6f0e-5c1a-4f8e-9a2b-0c1d2e3f4a5b"),
            Map.entry(URI.class, "a URL such as https://api.listrak.com/crosschannel/v1"),
            Map.entry(MemorySize.class, "a size such as 500M or 10G"),
            Map.entry(Duration.class, "a duration such as 500ms, 30s or 5m"),
            Map.entry(Path.class, "a path"),
            Map.entry(String.class, "a value"));

    static Stream<Setting> of(Class<?> mapping) {
        return of(mapping.getAnnotation(ConfigMapping.class).prefix(), mapping);
    }

    private static Stream<Setting> of(String prefix, Class<?> mapping) {
        return Arrays.stream(mapping.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .flatMap(method -> method.isAnnotationPresent(WithParentName.class)
                        ? of(prefix + "." + NAME, valueType(method))
                        : Stream.of(of(prefix + "." + kebab(method.getName()), method)));
    }

    private static Setting of(String key, Method method) {
        return new Setting(key, variable(key), method);
    }

    private static Class<?> valueType(Method map) {
        return (Class<?>) ((ParameterizedType) map.getGenericReturnType()).getActualTypeArguments()[1];
    }

    /** Returns this setting, or, if its key has a placeholder, the same setting for each configured name. */
    Stream<Setting> named(Map<String, Set<String>> names) {
        if (!key.contains(NAME)) {
            return Stream.of(this);
        }
        String prefix = key.substring(0, key.indexOf("." + NAME));
        String last = key.substring(key.lastIndexOf('.') + 1);
        return names.get(prefix).stream()
                .map(name -> new ConfiguredName(prefix, name))
                .map(name -> new Setting(name.key(last), name.variable(last), method));
    }

    static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Returns the environment variable that sets a key, by MicroProfile's rule. */
    static String variable(String key) {
        return ConfiguredName.variableOf(key);
    }

    /** Describes what is wrong with the configured value, as <em>where: what, expected, found</em>; empty if it is valid. */
    Optional<String> mistake(SmallRyeConfig config) {
        String value = config.getConfigValue(key).getValue();
        if (value == null || value.isBlank()) {
            boolean isNeeded = !method.isAnnotationPresent(WithDefault.class) && !isOptional();
            return isNeeded
                    ? Optional.of(key + ": missing, expected " + expected() + "; set " + setBy)
                    : Optional.empty();
        }
        if (Secrets.hasLineBreak(key, value)) {
            return Optional.of(ConfiguredName.withVariable(key, setBy) + ": expected one line, found a line break");
        }
        if (type() == boolean.class && !BOOLEANS.contains(value.strip().toLowerCase(Locale.ROOT))) {
            return Optional.of(mistake(value));
        }
        try {
            Object converted = config.convert(value, boxed(type()));
            boolean isValid = converted instanceof Number number
                    ? isInRange(number.doubleValue())
                    : !(converted instanceof URI url) || isHttp(url);
            return isValid ? Optional.empty() : Optional.of(mistake(value));
        } catch (IllegalArgumentException e) {
            return Optional.of(mistake(value));
        }
    }

    private String mistake(String value) {
        return ConfiguredName.withVariable(key, setBy) + ": expected " + expected() + ", found "
                + (Secrets.isSecret(key) ? "a different value" : value);
    }

    private String expected() {
        if (type().isEnum()) {
            return Arrays.stream(type().getEnumConstants())
                    .map(constant ->
                            constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(" or "));
        }
        Min min = method.getAnnotation(Min.class);
        Max max = method.getAnnotation(Max.class);
        String range = min == null || max == null ? "" : " from " + min.value() + " to " + max.value();
        return EXPECTED.get(type()) + range;
    }

    private boolean isInRange(double value) {
        Min min = method.getAnnotation(Min.class);
        Max max = method.getAnnotation(Max.class);
        return (min == null || value >= min.value()) && (max == null || value <= max.value());
    }

    private static boolean isHttp(URI url) {
        return url.getHost() != null && List.of("http", "https").contains(url.getScheme());
    }

    private boolean isOptional() {
        return method.getReturnType() == Optional.class;
    }

    /** Returns the type of a single value: of the content of an Optional, or of a list's elements. */
    private Class<?> type() {
        java.lang.reflect.Type type = method.getGenericReturnType();
        while (type instanceof ParameterizedType wrapped
                && List.of(Optional.class, List.class).contains(wrapped.getRawType())) {
            type = wrapped.getActualTypeArguments()[0];
        }
        return (Class<?>) type;
    }

    private static Class<?> boxed(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }
}
