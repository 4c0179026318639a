package dev.listrakrelay.spool.kafka;

import org.apache.kafka.common.TopicPartition;

/**
 * Names the topics of a spool, and converts offsets in them to seqs and back.
 *
 * @param prefix the beginning of all topics' names
 * @param name the name of the spool
 * @param lanes the number of lanes, which is the number of partitions of its topics
 */
record SpoolTopics(String prefix, String name, int lanes) {

    private static final String DEAD = ".dead";

    /** The topic of events, as received. */
    String events() {
        return prefix + name;
    }

    /** The topic of dead letters and of marks of forgotten events. */
    String dead() {
        return prefix + name + DEAD;
    }

    /** The topic of learned e-mails, with one partition for all spools. */
    String identities() {
        return prefix + "identities";
    }

    TopicPartition eventsOf(int lane) {
        return new TopicPartition(events(), lane);
    }

    TopicPartition deadOf(int lane) {
        return new TopicPartition(dead(), lane);
    }

    /** A topic that snapshots of the relay before its first release kept beside the events. */
    String oldLedger() {
        return prefix + name + ".ledger";
    }

    /** Whether a topic holds the dead letters of some spool. */
    static boolean isDead(String prefix, String topic) {
        return topic.startsWith(prefix) && topic.endsWith(DEAD);
    }

    /** The name of the spool whose dead letters a topic holds. */
    static String spoolOf(String prefix, String dead) {
        return dead.substring(prefix.length(), dead.length() - DEAD.length());
    }

    /** The seq of an event: ascending within a lane, and 1 or more. */
    long seq(int lane, long offset) {
        return offset * lanes + lane + 1;
    }

    /** The offset of a seq in its lane; -1 for seq 0, which is before the first event. */
    long offset(long seq) {
        return Math.floorDiv(seq - 1, lanes);
    }

    int lane(long seq) {
        return Math.floorMod(seq - 1, lanes);
    }
}
