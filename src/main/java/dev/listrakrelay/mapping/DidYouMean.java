package dev.listrakrelay.mapping;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Suggests the known word that a misspelt word resembles. */
final class DidYouMean {

    private static final int MAX_DISTANCE = 3;

    private DidYouMean() {}

    /** Returns {@code ; did you mean type?}, or nothing if no known word is similar. */
    static String of(String found, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(word -> distance(found, word)))
                .filter(word -> distance(found, word) <= Math.min(MAX_DISTANCE, word.length() / 2))
                .map(word -> "; did you mean " + word + "?")
                .orElse("");
    }

    private static int distance(String found, String word) {
        return LevenshteinDistance.getDefaultInstance()
                .apply(found.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
    }
}
