package dev.listrakrelay.alert;

import dev.listrakrelay.log.Plural;
import dev.listrakrelay.mapping.CurrentMapping;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Stream;

/** Finds out whether the mapping file has mistakes, so that the previous mapping stays active. */
@ApplicationScoped
public class RefusedMapping implements ProblemSource {

    private final CurrentMapping mapping;

    RefusedMapping(CurrentMapping mapping) {
        this.mapping = mapping;
    }

    @Override
    public Stream<Problem> problems() {
        return mapping.rejected().stream()
                .map(rejected -> new Problem(
                        AlertKind.MAPPING_REFUSED,
                        "",
                        mapping.name() + " has " + Plural.of(rejected.mistakes().size(), "mistake")
                                + ", and the previous mapping stays active. The first: "
                                + rejected.mistakes().get(0),
                        rejected.since(),
                        rejected.mistakes().size()));
    }
}
