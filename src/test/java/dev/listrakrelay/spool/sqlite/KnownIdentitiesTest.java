package dev.listrakrelay.spool.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Learned identities are known only if they are on disk, and only for their lifetime. */
class KnownIdentitiesTest extends SqliteFixture {

    private static final Duration YEAR = Duration.ofDays(365);

    private Event eventOf(String id, String userId, String email) {
        return new Event(
                0,
                id,
                "rest",
                "page",
                "",
                email == null ? userId : email,
                Identity.told(userId, null, email),
                clock.instant(),
                clock.instant(),
                new byte[] {'{', '}'});
    }

    private void store(Event... events) {
        spool.append(List.of(events)).toCompletableFuture().join();
    }

    private SpoolConnection writer() throws Exception {
        return new SqliteDatabase(dir, "events").writer();
    }

    @Test
    void anIdentityThatWasNotCommittedIsNotKnown() throws Exception {
        // given
        try (SpoolConnection writer = writer()) {
            KnownIdentities known = new KnownIdentities(writer, YEAR);
            known.resolve(eventOf("1", "u", "old@example.com"), 0);
            writer.commit();
            known.committed();
            known.resolve(eventOf("2", "u", "new@example.com"), 0);
            known.resolve(eventOf("3", "v", "new@example.com"), 0);

            // when
            writer.rollback();
            known.rolledBack();

            // then
            assertEquals(
                    "old@example.com", known.resolve(eventOf("4", "u", null), 0).contact());
            assertFalse(known.resolve(eventOf("5", "v", null), 0).identity().isLearned());
        }
    }

    @Test
    void aKnownIdentityIsNotWrittenAgainForADay() throws Exception {
        // given
        try (SpoolConnection writer = writer()) {
            KnownIdentities known = new KnownIdentities(writer, YEAR);
            known.resolve(eventOf("1", "u", "ada@example.com"), 0);
            long written = changes(writer);

            // when
            known.resolve(
                    eventOf("2", "u", "ada@example.com"), Duration.ofHours(23).toMillis());
            known.resolve(eventOf("3", "u", null), Duration.ofHours(23).toMillis());
            long writtenInADay = changes(writer) - written;
            known.resolve(eventOf("4", "u", null), Duration.ofHours(24).toMillis());

            // then
            assertEquals(0, writtenInADay);
            assertEquals(1, changes(writer) - written);
        }
    }

    private static long changes(SpoolConnection writer) throws Exception {
        return writer.number("SELECT total_changes()");
    }

    @Test
    void identitiesThatAreNotInMemoryAreKnown() throws Exception {
        // given
        int many = 30_000;
        try (SpoolConnection writer = writer()) {
            KnownIdentities known = new KnownIdentities(writer, YEAR);
            for (int i = 0; i < many; i++) {
                known.resolve(eventOf("1", "u" + i, i + "@example.com"), 0);
            }

            // when
            boolean areKnown = true;
            for (int i = 0; i < many; i++) {
                areKnown &=
                        known.resolve(eventOf("2", "u" + i, null), 0).contact().equals(i + "@example.com");
            }

            // then
            assertTrue(areKnown);
        }
    }

    @Test
    void anIdThatIsTooLongIsNotLearned() {
        // given
        retention = retention.withIdentities(YEAR);
        open(1);

        // when
        store(eventOf("1", "u".repeat(400), "ada@example.com"), eventOf("2", "u", "a".repeat(400) + "@example.com"));

        // then
        assertEquals(0, number("SELECT count(*) FROM identity"));
    }

    @Test
    void identitiesUnusedForTheirTimeToLiveLeaveTheFile() {
        // given
        retention = retention.withIdentities(YEAR);
        open(1);
        store(eventOf("1", "old", "ada@example.com"));
        clock.advance(Duration.ofDays(200));
        store(eventOf("2", "young", "ada@example.com"));

        // when
        clock.advance(Duration.ofDays(200));

        // then
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM identity") == 1);
        assertEquals(1, number("SELECT count(*) FROM identity WHERE key = 'userId:young'"));
    }

    @Test
    void switchedOffNothingIsLearnedAndWhatWasIsForgotten() {
        // given
        retention = retention.withIdentities(YEAR);
        open(1);
        store(eventOf("1", "u", "ada@example.com"));

        // when
        clock.advance(Duration.ofSeconds(1));
        retention = retention.withIdentities(Duration.ZERO);
        open(1);
        store(eventOf("2", "v", "ada@example.com"), eventOf("3", "u", null));

        // then
        assertEquals(
                List.of(false, false, false),
                deliver().stream().map(e -> e.identity().isLearned()).toList());
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM identity") == 0);
    }
}
