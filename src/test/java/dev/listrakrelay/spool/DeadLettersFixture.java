package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

/** A spool with dead letters, and methods to read them. */
abstract class DeadLettersFixture extends SpoolFixture {

    static final Settlement REJECTED = new Settlement.Dead("rejected", "400 bad", "{\"sent\":1}");
    static final Settlement EXPIRED = new Settlement.Dead("expired", "");

    DeadLettersFixture(Engine engine) {
        super(engine);
    }

    void makeDead(Settlement why, String contact, String... ids) {
        append(contact, ids);
        settle(take(), why, ids);
        spool.release(0);
    }

    DeadLetter onlyDead() {
        List<DeadLetter> deadLetters = spool.deadLetters().find(Search.ALL);
        assertEquals(1, deadLetters.size());
        return deadLetters.get(0);
    }

    List<String> found(Search search) {
        return ids(spool.deadLetters().find(search));
    }

    static List<String> ids(List<DeadLetter> deadLetters) {
        return deadLetters.stream().map(dead -> dead.event().messageId()).toList();
    }
}
