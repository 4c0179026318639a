package dev.listrakrelay.spool;

/** Forgets contacts. */
public interface Erasure {

    /**
     * Forgets a contact: it removes every event of this e-mail or of an id that belongs to it, and every event that
     * contains the e-mail, with history and dead letter. A pending event loses its content at once, and is dropped as
     * {@code forgotten} when it is due. Later events of the contact are accepted. It returns when all is on disk, which
     * may take seconds.
     *
     * @param email in lower case
     */
    ErasureCounts forget(String email);
}
