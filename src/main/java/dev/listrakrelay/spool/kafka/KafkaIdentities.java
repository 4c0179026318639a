package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identities;
import dev.listrakrelay.spool.Identity;
import java.util.Optional;

/** Knows whose e-mail goes with whom; a stub. */
final class KafkaIdentities implements Identities {

    /** The event as it is to be stored; what it tells is learned. */
    Event resolve(Event event, long now) {
        return fillIn(event);
    }

    @Override
    public Optional<String> email(Identity told) {
        return Optional.empty();
    }

    @Override
    public long count() {
        return 0;
    }
}
