package dev.listrakrelay.alert;

import dev.listrakrelay.delivery.Destination;
import dev.listrakrelay.delivery.Destinations;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Stream;

/** Finds parked destinations, except that of the alerts: its alert would not arrive. */
@ApplicationScoped
public class ParkedDestinations implements ProblemSource {

    private final Destinations destinations;

    ParkedDestinations(Destinations destinations) {
        this.destinations = destinations;
    }

    @Override
    public Stream<Problem> problems() {
        return destinations.all().values().stream()
                .filter(destination -> !destination.name().equals(AlertsConfig.SPOOL))
                .flatMap(destination -> destination.parked().stream().map(parked -> problem(destination, parked)));
    }

    private static Problem problem(Destination destination, Destination.Parking parked) {
        return new Problem(
                AlertKind.DESTINATION_PARKED,
                destination.name(),
                destination.name() + " is parked: " + parked.reason() + ". Its events wait on disk.",
                parked.since(),
                1);
    }
}
