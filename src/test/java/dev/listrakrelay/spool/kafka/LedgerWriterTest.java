package dev.listrakrelay.spool.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.LaneLost;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a ledger's owner writes is numbered, what may or may not be there is known to be unknown, and what another wrote in
 * between is looked at.
 */
class LedgerWriterTest {

    private static final LedgerEntry ENTRY = new LedgerEntry(false, 1, 0, 0, Map.of(), Map.of(), List.of(), Map.of());

    private static final TopicPartition PARTITION = new TopicPartition("events.ledger", 0);
    private static final LedgerKey OURS = new LedgerKey(LedgerKey.Kind.EPOCH, 3, 11, 0);
    private static final LedgerKey FORMER = new LedgerKey(LedgerKey.Kind.ENTRY, 2, 22, 7);
    private static final LedgerKey NEWER = new LedgerKey(LedgerKey.Kind.EPOCH, 4, 22, 0);

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final LedgerWriter ledger =
            new LedgerWriter(producer, new PartitionReader(consumer), Runnable::run, PARTITION, OURS, -1);

    @BeforeEach
    void assign() {
        consumer.assign(List.of(PARTITION));
    }

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

    @Test
    void whatIsWrittenBehindANewerOwnersEpochFailsForTheLaneIsLost() {
        // given
        CompletableFuture<Long> before = written();
        byAnother(NEWER);

        // when
        CompletableFuture<Long> first = written();
        CompletableFuture<Long> second = written();

        // then
        assertEquals(0L, before.join());
        assertInstanceOf(
                LaneLost.class,
                assertThrows(CompletionException.class, first::join).getCause());
        assertInstanceOf(
                LaneLost.class,
                assertThrows(CompletionException.class, second::join).getCause(),
                "though it follows ours without a gap");
    }

    @Test
    void whatAFormerOwnerWritesLateTakesNothingFromUs() {
        // given
        byAnother(FORMER);
        byAnother(new LedgerKey(LedgerKey.Kind.EPOCH, 3, 22, 0));

        // when
        CompletableFuture<Long> written = written();

        // then
        assertEquals(2L, written.join());
        assertFalse(ledger.isUnsure());
    }

    @Test
    void aGapThatCantBeReadIsLookedAtAgainWithTheNextRecord() {
        // given
        byAnother(NEWER);
        consumer.setPollException(new KafkaException("away"));

        // when
        CompletableFuture<Long> unread = written();
        boolean isUnsure = ledger.isUnsure();
        CompletableFuture<Long> next = written();

        // then
        assertInstanceOf(
                SpoolUnavailable.class,
                assertThrows(CompletionException.class, unread::join).getCause());
        assertTrue(isUnsure);
        assertInstanceOf(
                LaneLost.class,
                assertThrows(CompletionException.class, next::join).getCause());
    }

    /** An entry of ours that is on the brokers, where it can be read. */
    private CompletableFuture<Long> written() {
        long offset = producer.history().size();
        CompletableFuture<Long> written = ledger.write(ENTRY);
        readable(offset);
        producer.completeNext();
        return written;
    }

    /** A record of another process, in the same partition. */
    private void byAnother(LedgerKey key) {
        long offset = producer.history().size();
        producer.send(new ProducerRecord<>(PARTITION.topic(), PARTITION.partition(), key.written(), new byte[0]));
        readable(offset);
        producer.completeNext();
    }

    private void readable(long offset) {
        ProducerRecord<byte[], byte[]> sent = producer.history().get((int) offset);
        consumer.addRecord(
                new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, sent.key(), sent.value()));
    }
}
