package dev.listrakrelay.mapping;

import java.util.List;

/** Says everything that is wrong with a mapping file, one mistake a line. */
public final class InvalidMapping extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    InvalidMapping(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** Each as <em>where: what, expected, found</em>, in the order they stand in the file. */
    public List<String> mistakes() {
        return mistakes;
    }
}
