package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events without an e-mail get it from earlier events of the same id. Identities live for 365 days here. */
abstract class IdentityContract extends SpoolFixture {

    private static final Duration DAY = Duration.ofDays(1);
    private static final String ADA = "ada@example.com";
    private static final String BEN = "ben@example.com";

    IdentityContract(Engine engine) {
        super(engine);
    }

    @BeforeEach
    void open() {
        open(4);
    }

    /** An event with these values; null values are left out. */
    private Event eventOf(String id, String userId, String anonymousId, String email) {
        Event event = event(email != null ? email : userId != null ? userId : anonymousId, id);
        return new Event(
                0,
                id,
                "rest",
                "track",
                "Order Completed",
                event.contact(),
                Identity.told(userId, anonymousId, email),
                clock.instant(),
                clock.instant(),
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    /** Delivers all due events. Returns each as messageId → e-mail, or only its messageId if no e-mail was learned. */
    private List<String> learned() {
        List<String> learned = new ArrayList<>();
        for (int lane = 0; lane < spool.lanes(); lane++) {
            for (Optional<Batch> next = take(lane, PLENTY); next.isPresent(); next = take(lane, PLENTY)) {
                Batch batch = next.get();
                batch.forEach(event -> {
                    Identity known = event.identity();
                    learned.add(event.messageId()
                            + (known.isLearned() ? " → " + known.email().get() : ""));
                    batch.mark(event, DELIVERED);
                });
                batch.commit();
                spool.release(lane);
            }
        }
        return learned.stream().sorted().toList();
    }

    @Test
    void anEventWithOnlyAUserIdGetsTheEmailOfAnEarlierEvent() {
        // given
        append(eventOf("1", "u", null, ADA));

        // when
        append(eventOf("2", "u", null, null), eventOf("3", "other", null, null));

        // then
        assertEquals(List.of("1", "2 → " + ADA, "3"), learned());
        assertEquals(1, spool.identities().count());
    }

    @Test
    void anEventGetsTheEmailOfAnEarlierEventOfItsBatch() {
        // when
        append(eventOf("1", "u", null, null), eventOf("2", "u", null, ADA), eventOf("3", "u", null, null));

        // then
        assertEquals(List.of("1", "2", "3 → " + ADA), learned());
    }

    @Test
    void theEventsOfAPersonShareALaneWhateverIdsTheyHave() {
        // when
        append(
                eventOf("1", "u", "a", ADA),
                eventOf("2", null, "a", null),
                eventOf("3", "u", null, null),
                eventOf("4", null, null, ADA));

        // then
        List<List<String>> lanes = new ArrayList<>();
        for (int lane = 0; lane < spool.lanes(); lane++) {
            take(lane, PLENTY).ifPresent(batch -> lanes.add(ids(batch)));
        }
        assertEquals(List.of(List.of("1", "2", "3", "4")), lanes);
    }

    @Test
    void aUserIdAndAnAnonymousIdAreNotMistakenForEachOther() {
        // given
        append(eventOf("1", "same", null, ADA), eventOf("2", null, "same", BEN));

        // when
        append(eventOf("3", "same", null, null), eventOf("4", null, "same", null));

        // then
        assertEquals(List.of("1", "2", "3 → " + ADA, "4 → " + BEN), learned());
    }

    @Test
    void theLatestEmailCounts() {
        // given
        append(eventOf("1", "u", null, ADA), eventOf("2", "u", null, BEN));

        // when
        append(eventOf("3", "u", null, null));

        // then
        assertEquals(List.of("1", "2", "3 → " + BEN), learned());
    }

    @Test
    void anEventWithItsOwnEmailKeepsIt() {
        // given
        append(eventOf("1", "u", null, ADA));

        // when
        append(eventOf("2", "u", null, BEN));

        // then
        assertEquals(List.of("1", "2"), learned());
    }

    @Test
    void anUnknownUserIdIsNotMistakenForAnotherOfTheSameBrowser() {
        // given
        append(eventOf("1", "ada", "shared", ADA), eventOf("2", null, "letter", BEN));

        // when
        append(
                eventOf("3", "ben", "shared", null),
                eventOf("4", "ada", "shared", null),
                eventOf("5", null, "shared", null),
                eventOf("6", "ben", "letter", null));

        // then
        assertEquals(List.of("1", "2", "3", "4 → " + ADA, "5 → " + ADA, "6 → " + BEN), learned());
    }

    @Test
    void learnedEmailsSurviveReopening() {
        // given
        append(eventOf("1", "u", "a", ADA));
        reopen(4);

        // when
        append(eventOf("2", "u", null, null), eventOf("3", null, "a", null));

        // then
        assertEquals(List.of("1", "2 → " + ADA, "3 → " + ADA), learned());
    }

    @Test
    void anEventKeepsItsLearnedEmailAfterReopeningWithOtherLanes() {
        // given
        append(eventOf("1", "u", null, ADA), eventOf("2", "u", null, null));

        // when
        reopen(3);

        // then
        assertEquals(List.of("1", "2 → " + ADA), learned());
    }

    @Test
    void aReplayedDeadLetterKeepsItsLearnedEmail() {
        // given
        append(eventOf("1", "u", null, ADA), eventOf("2", "u", null, null));
        int lane = laneWithSomething();
        settle(take(lane, PLENTY).orElseThrow(), new Settlement.Dead("rejected", "400"), "1", "2");
        spool.release(lane);

        // when
        spool.deadLetters().replay(Search.ALL).toCompletableFuture().join();

        // then
        assertEquals(List.of("1", "2 → " + ADA), learned());
    }

    private int laneWithSomething() {
        return spool.laneStates().stream()
                .filter(lane -> lane.pending() > 0)
                .findFirst()
                .orElseThrow()
                .lane();
    }

    @Test
    void anEventIsFoundByItsLearnedEmail() {
        // given
        append(eventOf("1", "u", null, ADA), eventOf("2", "u", null, null));

        // when
        List<TracedEvent> found = spool.history().find(Search.ALL.with(Search.Field.CONTACT, ADA));

        // then
        assertEquals(2, found.size());
        assertTrue(spool.history()
                .get(found.get(0).event().seq())
                .orElseThrow()
                .event()
                .identity()
                .isLearned());
    }

    @Test
    void anIdentityThatIsNotUsedForItsTimeToLiveIsForgotten() {
        // given
        append(eventOf("1", "u", "a", ADA));
        clock.advance(DAY.multipliedBy(300));
        append(eventOf("2", "u", null, null));

        // when
        clock.advance(DAY.multipliedBy(100));
        append(eventOf("3", "u", null, null), eventOf("4", null, "a", null));

        // then
        assertEquals(List.of("1", "2 → " + ADA, "3 → " + ADA, "4"), learned());
    }

    @Test
    void theEmailThatAnEventWouldGetIsFoundWithoutStoringIt() {
        // given
        append(eventOf("1", "u", null, ADA));

        // when
        Event filledIn = spool.identities().fillIn(eventOf("2", "u", null, null));

        // then
        assertEquals(ADA, filledIn.contact());
        assertTrue(filledIn.identity().isLearned());
        assertEquals(Optional.empty(), spool.identities().email(Identity.told("other", "u", null)));
    }
}
