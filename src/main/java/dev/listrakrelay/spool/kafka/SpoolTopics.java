package dev.listrakrelay.spool.kafka;

import org.apache.kafka.common.TopicPartition;

/**
 * Names what a spool is kept in, and turns places in it into seqs.
 *
 * @param prefix what all names begin with
 * @param name the spool's
 * @param lanes how many partitions each has
 */
record SpoolTopics(String prefix, String name, int lanes) {

    private static final String DEAD = ".dead";

    /** Events, as they came. */
    String events() {
        return prefix + name;
    }

    /** Those that could not be delivered. */
    String dead() {
        return prefix + name + DEAD;
    }

    /** Whose e-mail goes with which userId and anonymousId: of all spools, in one partition. */
    String identities() {
        return prefix + "identities";
    }

    TopicPartition eventsOf(int lane) {
        return new TopicPartition(events(), lane);
    }

    TopicPartition deadOf(int lane) {
        return new TopicPartition(dead(), lane);
    }

    /** What snapshots of the relay kept beside the events, before its first release. */
    String oldLedger() {
        return prefix + name + ".ledger";
    }

    /** Whether a topic holds the dead letters of some spool. */
    static boolean isDead(String prefix, String topic) {
        return topic.startsWith(prefix) && topic.endsWith(DEAD);
    }

    /** Of which one. */
    static String spoolOf(String prefix, String dead) {
        return dead.substring(prefix.length(), dead.length() - DEAD.length());
    }

    /** Ascending within a lane, and never 0. */
    long seq(int lane, long offset) {
        return offset * lanes + lane + 1;
    }

    /** Where in its lane it is; -1 for 0, which stands before the first. */
    long offset(long seq) {
        return Math.floorDiv(seq - 1, lanes);
    }

    int lane(long seq) {
        return Math.floorMod(seq - 1, lanes);
    }
}
