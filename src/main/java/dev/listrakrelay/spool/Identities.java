package dev.listrakrelay.spool;

import java.util.Optional;

/** Whom a spool knows by earlier events: which e-mail goes with a userId, and which with an anonymousId. */
public interface Identities {

    /** Nobody. */
    Identities NONE = new Identities() {
        @Override
        public Optional<String> email(Identity told) {
            return Optional.empty();
        }

        @Override
        public long count() {
            return 0;
        }
    };

    /** The e-mail that an event without one of its own would be filled in with; empty where none is known. */
    Optional<String> email(Identity told);

    /** How many userIds and anonymousIds are known. */
    long count();

    /** The same event as it would be stored. */
    default Event fillIn(Event event) {
        return event.identity().email().isPresent()
                ? event
                : email(event.identity()).map(event::knownBy).orElse(event);
    }
}
