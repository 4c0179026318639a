package dev.listrakrelay.mapping;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the age of a mapping file at which an event is stale: a number with its unit, such as {@code 3d}. */
final class Age {

    private static final String EXPECTED = "an age such as 30m, 12h or 3d";
    private static final Pattern AGE = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    private Age() {}

    static Optional<Duration> read(YamlNode node) {
        Optional<String> text = node.isPresent() ? node.text(EXPECTED) : Optional.empty();
        Optional<Duration> age = text.flatMap(Age::parse);
        if (text.isPresent() && age.isEmpty()) {
            node.mistake("not an age, expected one such as 30m, 12h or 3d, found " + text.get());
        }
        return age;
    }

    private static Optional<Duration> parse(String text) {
        Matcher age = AGE.matcher(text);
        if (!age.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(age.group(1));
        return Optional.of(
                switch (age.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }
}
