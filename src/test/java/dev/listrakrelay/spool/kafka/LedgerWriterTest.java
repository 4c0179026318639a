package dev.listrakrelay.spool.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What a ledger's owner writes is numbered, and what may or may not be there is known to be unknown. */
class LedgerWriterTest {

    private static final LedgerEntry ENTRY = new LedgerEntry(false, 1, 0, 0, Map.of(), Map.of(), List.of(), Map.of());

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final LedgerWriter ledger = new LedgerWriter(
            producer,
            null,
            Runnable::run,
            new TopicPartition("events.ledger", 0),
            new LedgerKey(LedgerKey.Kind.EPOCH, 3, 11, 0),
            -1);

    @Test
    void recordsThatFollowEachOtherAreWrittenInTheirOrder() {
        // given
        CompletableFuture<Long> first = ledger.write(ENTRY);
        CompletableFuture<Long> second = ledger.write(ENTRY);
        assertFalse(first.isDone());

        // when
        producer.completeNext();
        producer.completeNext();

        // then
        assertEquals(List.of(0L, 1L), List.of(first.join(), second.join()));
        assertEquals(
                List.of(new LedgerKey(LedgerKey.Kind.ENTRY, 3, 11, 0), new LedgerKey(LedgerKey.Kind.ENTRY, 3, 11, 1)),
                producer.history().stream()
                        .map(written -> LedgerKey.read(written.key()))
                        .toList());
        assertFalse(ledger.isUnsure());
    }

    @Test
    void whatWasGivenUpMayBeThereAllTheSameSoTheNextEntryHasToBeWhole() {
        // given
        CompletableFuture<Long> written = ledger.write(ENTRY);

        // when
        producer.errorNext(new TimeoutException("10 s"));

        // then
        Throwable cause = assertThrows(CompletionException.class, written::join).getCause();
        assertInstanceOf(SpoolUnavailable.class, cause);
        assertTrue(ledger.isUnsure());
        assertFalse(ledger.isUnsure(), "it is told once, and holds until that one fails as well");
    }
}
