package dev.listrakrelay.alert;

import dev.listrakrelay.listrak.ContractIssue;
import dev.listrakrelay.listrak.Contracts;
import dev.listrakrelay.log.Plural;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Finds differences between the mapping and Listrak's custom events. */
@ApplicationScoped
public class ContractProblems implements ProblemSource {

    private final Contracts contracts;
    private final Clock clock;

    ContractProblems(Contracts contracts, Clock clock) {
        this.contracts = contracts;
        this.clock = clock;
    }

    @Override
    public Stream<Problem> problems() {
        List<ContractIssue> issues = contracts.issues();
        return issues.stream()
                .limit(1)
                .map(first -> new Problem(
                        AlertKind.CONTRACT_ISSUES,
                        "",
                        "The mapping and Listrak's custom events differ in " + Plural.of(issues.size(), "place")
                                + ". The first: " + first.message(),
                        clock.instant(),
                        issues.size()));
    }
}
