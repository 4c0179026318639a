package dev.listrakrelay.start;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds the arguments of a command: files and ids in order, and options with a value each. */
final class CommandOptions {

    private final List<String> plain = new ArrayList<>();
    private final Map<String, String> options = new HashMap<>();

    /**
     * @param known the options that the command takes, such as {@code --url}
     * @throws BadUsage if an option is unknown, is given twice or has no value
     */
    CommandOptions(List<String> args, Set<String> known) {
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (!arg.startsWith("--")) {
                plain.add(arg);
            } else if (!known.contains(arg) || i + 1 == args.size() || options.put(arg, args.get(++i)) != null) {
                throw new BadUsage(arg + ": expected one of "
                        + String.join(", ", known.stream().sorted().toList()) + ", each once and with a value");
            }
        }
    }

    /** The arguments that are no options; there have to be so many. */
    List<String> plain(int count, String expected) {
        if (plain.size() != count) {
            throw new BadUsage("expected " + expected);
        }
        return plain;
    }

    /** The only argument that is no option; empty if there is none. */
    Optional<String> optional(String expected) {
        if (plain.size() > 1) {
            throw new BadUsage("expected " + expected);
        }
        return plain.stream().findFirst();
    }

    Optional<String> get(String option) {
        return Optional.ofNullable(options.get(option));
    }

    /** The value of an option, which has to be one of these; the first one if the option is not given. */
    String oneOf(String option, String... values) {
        String value = get(option).orElse(values[0]);
        if (!List.of(values).contains(value)) {
            throw new BadUsage(option + ": expected one of " + String.join(", ", values) + ", found " + value);
        }
        return value;
    }

    /** The command was typed wrongly. */
    static final class BadUsage extends RuntimeException {
        BadUsage(String message) {
            super(message);
        }
    }
}
