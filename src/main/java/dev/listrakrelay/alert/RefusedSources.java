package dev.listrakrelay.alert;

import dev.listrakrelay.queue.SourceRefusals;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Stream;

/** Finds sources that their brokers refuse. */
@ApplicationScoped
public class RefusedSources implements ProblemSource {

    private final SourceRefusals refusals;

    RefusedSources(SourceRefusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public Stream<Problem> problems() {
        return refusals.all().entrySet().stream()
                .map(source -> new Problem(
                        AlertKind.SOURCE_REFUSED,
                        source.getKey(),
                        "A broker refuses the source " + source.getKey() + ": "
                                + source.getValue().reason() + ". Nothing is read from it.",
                        source.getValue().since(),
                        1));
    }
}
