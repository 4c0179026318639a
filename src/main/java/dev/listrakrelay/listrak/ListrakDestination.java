package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.Destination;
import dev.listrakrelay.delivery.Destinations;
import dev.listrakrelay.spool.SpoolConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Makes Listrak one of the destinations. */
class ListrakDestination {

    @Produces
    @Singleton
    @Named("listrakDestination")
    Destination listrak(Destinations destinations, SpoolConfig spool) {
        return destinations.add("listrak", spool.maxAge());
    }
}
