package dev.listrakrelay.spool;

import java.util.Optional;

/** Looks up the e-mail of a userId or anonymousId, as learned from earlier events. */
public interface Identities {

    /** Knows no e-mails. */
    Identities NONE = new Identities() {
        @Override
        public Optional<String> email(Identity identity) {
            return Optional.empty();
        }

        @Override
        public long count() {
            return 0;
        }
    };

    /** Returns the e-mail that belongs to the ids of an event; empty if none is known. */
    Optional<String> email(Identity identity);

    /** The number of known userIds and anonymousIds. */
    long count();

    /** Returns the event as the spool would store it: with the learned e-mail, if it has none of its own. */
    default Event fillIn(Event event) {
        return event.identity().email().isPresent()
                ? event
                : email(event.identity()).map(event::withLearnedEmail).orElse(event);
    }
}
