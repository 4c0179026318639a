package dev.listrakrelay.docs;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of {@code reference/metrics.md}: each metric's name, type and labels. */
public final class MetricsTable {

    private static final Path PAGE = Path.of("src/docs/reference/metrics.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(listrak_relay_\\w+)` \\| (\\w+) \\|([^|]*)\\|[^|]*\\| [^|]+ \\| [^|]+ \\|$");
    private static final Pattern NAME = Pattern.compile("(?m)^\\| `(listrak_relay_\\w+)`");
    private static final Pattern METRIC = Pattern.compile("\\blistrak_relay_\\w+");
    private static final Pattern PART_OF_A_HISTOGRAM = Pattern.compile("_(bucket|sum|count|max)$");

    private MetricsTable() {}

    /** @return each name with its type and labels, such as {@code gauge [source]} */
    public static Map<String, String> read() {
        Map<String, String> rows = new TreeMap<>();
        Matcher row = ROW.matcher(Pages.text(PAGE));
        while (row.find()) {
            Set<String> labels = Arrays.stream(row.group(3).split(","))
                    .map(label -> label.replace("`", "").strip())
                    .filter(label -> !label.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
            rows.put(row.group(1), row.group(2) + " " + labels);
        }
        return rows;
    }

    /** The names in all rows, also in rows that lack other cells. */
    static Set<String> names() {
        return NAME.matcher(Pages.text(PAGE))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The metrics that a text names; histograms without the suffixes of their parts. */
    public static Set<String> metricsIn(String text) {
        Set<String> known = read().keySet();
        return METRIC.matcher(text)
                .results()
                .map(name -> known.contains(name.group())
                        ? name.group()
                        : PART_OF_A_HISTOGRAM.matcher(name.group()).replaceFirst(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
