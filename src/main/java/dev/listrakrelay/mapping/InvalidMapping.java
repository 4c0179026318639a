package dev.listrakrelay.mapping;

import java.util.List;

/** Lists every mistake in a mapping file, one a line. */
public final class InvalidMapping extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    InvalidMapping(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** Each mistake as <em>where: what, expected, found</em>, in the order of the file. */
    public List<String> mistakes() {
        return mistakes;
    }
}
