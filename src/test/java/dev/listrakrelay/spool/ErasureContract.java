package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All data of a forgotten contact is removed, and other contacts' events are delivered as before. */
abstract class ErasureContract extends SpoolFixture {

    private static final String ADA = "ada@example.com";
    private static final String BEN = "ben@example.com";

    private final boolean rewritesAtOnce;

    /** @param rewritesAtOnce whether a forgotten contact's data is removed from the disk at once */
    ErasureContract(Engine engine, boolean rewritesAtOnce) {
        super(engine);
        this.rewritesAtOnce = rewritesAtOnce;
    }

    @BeforeEach
    void open() {
        open(1);
    }

    private Event about(String id, String userId, String email, String raw) {
        return new Event(
                0,
                id,
                "rest",
                "track",
                "Order Completed",
                email != null ? email : userId,
                Identity.told(userId, null, email),
                clock.instant(),
                clock.instant(),
                raw.getBytes(StandardCharsets.UTF_8));
    }

    private Event of(String id, String email) {
        return about(id, null, email, "{\"email\":\"" + email + "\"}");
    }

    private void assertThatTheSumComesOut() {
        long sum = count("delivered") + count("dropped") + count("dead");
        assertEquals(count("accepted", ""), sum + spool.pending());
    }

    private List<TracedEvent> found(String email) {
        return spool.history().find(Search.ALL.with(Search.Field.CONTACT, email));
    }

    @Test
    void pendingEventsAreNotHandedOutAndTheOthersAreInOrder() {
        // given
        append(of("1", ADA), of("2", BEN), of("3", ADA), of("4", BEN));

        // when
        ErasureCounts forgotten = spool.forget(ADA);

        // then
        assertEquals(new ErasureCounts(0, 2, 0, 0, rewritesAtOnce), forgotten);
        assertEquals(List.of(), found(ADA));
        assertEquals(List.of("2", "4"), deliverAll());
        assertEquals(0, spool.pending());
        assertEquals(2, count("dropped", "forgotten"));
        assertEquals(2, count("delivered", ""));
        assertThatTheSumComesOut();
    }

    @Test
    void theTallyIsRightEvenIfNothingElseIsPending() {
        // given
        append(of("1", ADA), of("2", ADA));
        spool.forget(ADA);

        // when
        Optional<Batch> batch = take(0, PLENTY);

        // then
        assertEquals(Optional.empty(), batch);
        assertEquals(0, spool.pending());
        assertEquals(2, count("dropped", "forgotten"));
        assertThatTheSumComesOut();
    }

    @Test
    void aForgottenContactStaysForgottenAfterReopeningWithOtherLanes() {
        // given
        append(of("1", ADA), of("2", BEN), of("3", ADA));
        spool.forget(ADA);

        // when
        reopen(3);

        // then
        assertEquals(List.of("2"), deliverAll());
        assertEquals(2, count("dropped", "forgotten"));
        assertEquals(0, spool.pending());
        assertThatTheSumComesOut();
    }

    @Test
    void takingAForgottenEventWritesNothing() throws InterruptedException {
        // given
        append(of("1", ADA));
        spool.forget(ADA);

        // when
        Batch batch = spool.take(0, PLENTY, Duration.ZERO, Duration.ZERO).orElseThrow();

        // then
        assertEquals(1, batch.size());
        assertEquals(0, count("dropped", "forgotten"));
        batch.dropForgotten();
        batch.commit();
        assertEquals(0, batch.size());
        assertEquals(1, count("dropped", "forgotten"));
        assertThatTheSumComesOut();
    }

    @Test
    void aForgottenEventInATakenBatchCanBeRecognizedAndDropped() {
        // given
        append(of("1", ADA), of("2", BEN));
        Batch batch = take();

        // when
        spool.forget(ADA);
        batch.dropForgotten();

        // then
        assertEquals(List.of("2"), ids(batch));
        settle(batch, DELIVERED, "2");
        assertEquals(0, batch.unsettled());
        assertEquals(0, spool.pending());
        assertEquals(1, count("dropped", "forgotten"));
        assertThatTheSumComesOut();
    }

    @Test
    void anOutcomeAfterForgettingRestoresNothing() {
        // given
        append(of("delivered", ADA), of("died", ADA), of("again", ADA), of("left", ADA), of("2", BEN));
        Batch batch = take();
        spool.forget(ADA);

        // when
        settle(batch, DELIVERED, "delivered", "2");
        settle(batch, new Settlement.Dead("rejected", "400 " + ADA, ADA), "died");
        settle(batch, retryIn(Duration.ofMinutes(5)), "again");
        spool.release(0);

        // then
        assertEquals(Optional.empty(), take(0, PLENTY));
        assertEquals(List.of(), spool.deadLetters().find(Search.ALL));
        assertEquals(2, count("delivered", ""));
        assertEquals(3, count("dropped", "forgotten"));
        assertEquals(0, spool.pending());
        assertThatTheSumComesOut();
    }

    @Test
    void aRetriedEventIsForgottenAndHoldsNoneBack() {
        // given
        append(of("1", ADA), of("2", ADA), of("3", BEN));
        Batch batch = take();
        settle(batch, retryIn(Duration.ofMinutes(5)), "1");
        spool.release(0);

        // when
        ErasureCounts forgotten = spool.forget(ADA);
        clock.advance(Duration.ofMinutes(6));

        // then
        assertEquals(2, forgotten.pending());
        assertEquals(List.of("3"), deliverAll());
        assertEquals(0, spool.pending());
        assertThatTheSumComesOut();
    }

    @Test
    void itsHistoryIsGone() {
        // given
        append(of("1", ADA), of("2", BEN));
        deliverAll();

        // when
        ErasureCounts forgotten = spool.forget(ADA);

        // then
        assertEquals(new ErasureCounts(0, 0, 1, 0, rewritesAtOnce), forgotten);
        assertEquals(List.of(), found(ADA));
        assertEquals(1, found(BEN).size());
        assertThatTheSumComesOut();
    }

    @Test
    void itsDeadLettersAreGoneAndWhatOthersSayOfIt() {
        // given
        append(of("1", ADA), of("2", BEN), of("3", ADA));
        for (Optional<Batch> next = take(0, PLENTY); next.isPresent(); next = take(0, PLENTY)) {
            settle(next.get(), new Settlement.Dead("refused", "409 for " + ADA + " and " + BEN), "1", "2", "3");
            spool.release(0);
        }

        // when
        ErasureCounts forgotten = spool.forget(ADA);

        // then
        assertEquals(2, forgotten.deadLetters());
        List<DeadLetter> left = spool.deadLetters().find(Search.ALL);
        assertEquals(List.of("2"), left.stream().map(l -> l.event().messageId()).toList());
        assertEquals("", left.get(0).answer());
        assertEquals(3, count("dead", "refused"));
        assertThatTheSumComesOut();
    }

    @Test
    void aDeadLetterThatWaitsForItsReplayIsGone() {
        // given
        append(Stream.iterate(0, i -> i + 1)
                .limit(600)
                .map(i -> of("m" + i, ADA))
                .toArray(Event[]::new));
        Batch batch = take();
        batch.forEach(event -> batch.mark(event, new Settlement.Dead("rejected", "400")));
        batch.commit();
        spool.release(0);
        spool.deadLetters().replay(Search.ALL).toCompletableFuture().join();

        // when
        ErasureCounts forgotten = spool.forget(ADA);

        // then
        assertTrue(forgotten.deadLetters() > 0, "some wait for their turn");
        assertEquals(600, forgotten.pending() + forgotten.deadLetters());
        assertEquals(0, spool.deadLetters().waitingForReplay());
        assertEquals(List.of(), deliverAll());
        assertEquals(0, spool.pending());
        assertEquals(forgotten.deadLetters(), count("dead", "rejected"));
        assertThatTheSumComesOut();
    }

    @Test
    void theIdentityIsForgottenAndTheEventsOfItsIds() {
        // given
        append(about("before", "u", null, "{}"), about("told", "u", ADA, "{}"), about("after", "u", null, "{}"));
        append(about("other", "v", null, "{}"));

        // when
        ErasureCounts forgotten = spool.forget(ADA);

        // then
        assertEquals(new ErasureCounts(1, 3, 0, 0, rewritesAtOnce), forgotten);
        append(about("later", "u", null, "{}"));
        assertEquals(List.of("other", "later"), deliverAll());
        assertEquals(List.of(), found(ADA));
        assertEquals(1, found("u").size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"to\":\"ADA@Example.com\"}                      | true",
                "{\"to\":\"ada\\u0040example.com\"}                | true",
                "{\"url\":\"/?email%3Dada%40example.com&x=1\"}     | true",
                "{\"text\":\"from:\\nada@example.com, and more\"}  | true",
                "{\"json\":\"{\\\"to\\\":\\\"ada@example.com\\\"}\"} | true",
                "{\"to\":\"wanda@example.com\"}                    | false",
                "{\"to\":\"x.ada@example.com\"}                    | false",
                "{\"to\":\"ada@example.com.au\"}                   | false",
                "{\"to\":\"ada@example.co\"}                       | false",
            })
    void anEventOfSomeoneElseThatMentionsItIsForgottenToo(String raw, boolean isForgotten) {
        // given
        append(about("1", null, BEN, raw));

        // when
        ErasureCounts forgotten = spool.forget(ADA);

        // then
        assertEquals(isForgotten ? 1 : 0, forgotten.pending());
    }

    @Test
    void anIdThatWasSeenIsStillADuplicateAfterReopening() {
        // given
        append(of("settled", ADA));
        deliverAll();
        append(of("pending", ADA));
        spool.forget(ADA);

        // when
        reopen(1);

        // then
        assertEquals(0, append(of("settled", ADA), of("pending", ADA)));
    }

    @Test
    void laterEventsOfAForgottenContactAreNew() {
        // given
        append(of("1", ADA));
        spool.forget(ADA);

        // when
        append(of("2", ADA));

        // then
        assertEquals(List.of("2"), deliverAll());
        assertEquals(1, found(ADA).size());
    }

    @Test
    void forgettingTwiceForgetsOnce() {
        // given
        append(of("1", ADA));
        spool.forget(ADA);

        // when
        ErasureCounts forgotten = spool.forget(ADA);

        // then
        assertEquals(new ErasureCounts(0, 0, 0, 0, rewritesAtOnce), forgotten);
        assertTrue(deliverAll().isEmpty());
        assertEquals(1, count("dropped", "forgotten"));
    }

    @Test
    void nothingOfOtherContactsIsForgotten() {
        // given
        append(of("1", BEN));

        // when
        spool.forget(ADA);

        // then
        Batch batch = take();
        assertFalse(spool.isForgotten(events(batch).get(0)));
        assertEquals(List.of("1"), ids(batch));
    }
}
