package dev.listrakrelay.spool.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.listrakrelay.spool.Spool.Outcome;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Counts events of a lane by outcome. The text of the counts has at most {@value #MOST_CHARACTERS} characters: if there
 * is no space for a reason, its events count as {@value #OTHER}.
 */
final class LaneTally {

    static final int MOST_CHARACTERS = 1_400;
    static final String OTHER = "other";

    private static final int MOST_OF_A_REASON = 64;

    /** The characters of a line beside its words: a number of 12 digits, a slash, a colon and a comma. */
    private static final int BESIDE_THE_WORDS = 15;

    /** The characters for the lines of all outcomes without a reason and of {@value #OTHER}. */
    private static final int RESERVED = 8 * (BESIDE_THE_WORDS + "forwarded".length() + OTHER.length());

    private LaneTally() {}

    /** Adds events to a tally. The result has no lines with 0 events. */
    static Map<Outcome, Long> plus(Map<Outcome, Long> tally, Map<Outcome, Long> more) {
        Map<Outcome, Long> sum = new HashMap<>(tally);
        more.forEach((outcome, events) -> {
            Outcome line = bounded(sum, outcome, events);
            if (sum.merge(line, events, Long::sum) == 0) {
                sum.remove(line);
            }
        });
        return sum;
    }

    private static Outcome bounded(Map<Outcome, Long> tally, Outcome outcome, long events) {
        if (outcome.reason().isEmpty() || tally.containsKey(outcome)) {
            return outcome;
        }
        int room = MOST_CHARACTERS - RESERVED;
        for (Outcome line : tally.keySet()) {
            room -= line.reason().isEmpty() || line.reason().equals(OTHER) ? 0 : length(line);
        }
        // events that are subtracted were counted before, under their reason or as OTHER
        boolean fits = events > 0 && encoded(outcome.reason()).length() <= MOST_OF_A_REASON && length(outcome) <= room;
        return fits ? outcome : new Outcome(outcome.name(), OTHER);
    }

    private static int length(Outcome line) {
        return line.name().length() + encoded(line.reason()).length() + BESIDE_THE_WORDS;
    }

    private static String encoded(String reason) {
        return URLEncoder.encode(reason, UTF_8);
    }

    static String written(Map<Outcome, Long> tally) {
        TreeMap<String, Long> lines = new TreeMap<>();
        tally.forEach((outcome, events) -> lines.put(
                outcome.reason().isEmpty() ? outcome.name() : outcome.name() + "/" + encoded(outcome.reason()),
                events));
        return lines.entrySet().stream()
                .map(line -> line.getKey() + ":" + line.getValue())
                .collect(Collectors.joining(","));
    }

    static Map<Outcome, Long> read(String text) {
        Map<Outcome, Long> tally = new HashMap<>();
        for (String line : text.isEmpty() ? new String[0] : text.split(",")) {
            int colon = line.lastIndexOf(':');
            int slash = line.indexOf('/');
            String name = line.substring(0, slash < 0 ? colon : slash);
            String reason = slash < 0 ? "" : URLDecoder.decode(line.substring(slash + 1, colon), UTF_8);
            tally.put(new Outcome(name, reason), Long.parseLong(line.substring(colon + 1)));
        }
        return tally;
    }
}
