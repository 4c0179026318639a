package dev.listrakrelay.spool.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identities;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.engine.IdentityResolver;
import dev.listrakrelay.spool.engine.KnownIdentity;
import dev.listrakrelay.spool.engine.LatestIdentities;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Learns which e-mail belongs to a userId or anonymousId, and shares it with all processes through a compacted topic.
 * The latest ones are in memory. Other processes know an e-mail a moment later, and a new process once it has read the
 * topic.
 */
final class KafkaIdentities implements Identities, AutoCloseable {

    private static final int MOST_IN_MEMORY = 100_000;

    private final IdentityResolver resolver;
    private final Clock clock;
    private final RecordWriter writer;
    private final PartitionReader reader;
    private final TopicPartition partition;
    private final Optional<TopicFollower> follower;

    /** The number of this process, by which it recognizes its own records. */
    private final long self = new SecureRandom().nextLong();

    /**
     * How many records of a key this process has written and not read back. Until it has read them, it ignores the
     * records of the key, because they are older than the e-mail in memory.
     */
    private final Map<String, Integer> unread = new HashMap<>();

    private final Map<String, KnownIdentity> latest = new LatestIdentities(MOST_IN_MEMORY);

    /**
     * Returns when the whole topic is read.
     *
     * @param ttl time to keep an identity after its last use; zero learns none
     */
    KafkaIdentities(
            SpoolKafkaClients clients,
            PartitionReader reader,
            RecordWriter writer,
            String topic,
            Duration ttl,
            Clock clock) {
        this.resolver = new IdentityResolver(ttl);
        this.clock = clock;
        this.writer = writer;
        this.reader = reader;
        this.partition = new TopicPartition(topic, 0);
        this.follower = ttl.isZero()
                ? Optional.empty()
                : Optional.of(new TopicFollower(clients, List.of(partition), this::record));
        follower.ifPresent(log -> log.awaitCurrent(reader));
    }

    /**
     * Learns from an event, and returns it as it is to be stored.
     *
     * @param writes receives the writes of the e-mails that are learned from it
     */
    synchronized Event resolve(Event event, long now, List<CompletableFuture<?>> writes) {
        IdentityResolver.Memory<RuntimeException> memory = new IdentityResolver.Memory<>() {
            @Override
            public KnownIdentity find(String key) {
                return latest.get(key);
            }

            @Override
            public void put(String key, KnownIdentity known) {
                writes.add(write(key, known));
            }
        };
        return resolver.resolve(event, memory, now);
    }

    private CompletableFuture<?> write(String key, KnownIdentity known) {
        KnownIdentity before = latest.put(key, known);
        unread.merge(key, 1, Integer::sum);
        CompletableFuture<?> written = writer.write(IdentityRecord.of(partition, key, known, self));
        written.exceptionally(failure -> {
            undo(key, known, before);
            return null;
        });
        return written;
    }

    /**
     * Undoes a write that failed. If Kafka has stored the record nevertheless, it is read like a record of another
     * process.
     */
    private synchronized void undo(String key, KnownIdentity known, KnownIdentity before) {
        noteRead(key);
        if (latest.get(key) == known) {
            latest.remove(key);
            if (before != null) {
                latest.put(key, before);
            }
        }
    }

    private void noteRead(String key) {
        unread.computeIfPresent(key, (same, times) -> times == 1 ? null : times - 1);
    }

    private synchronized void record(ConsumerRecord<byte[], byte[]> read) {
        String key = new String(read.key(), UTF_8);
        if (IdentityRecord.isBy(read, self)) {
            noteRead(key);
        }
        if (unread.containsKey(key)) {
            return;
        }
        KnownIdentity known = IdentityRecord.read(read);
        if (known == null || known.seenAt() < resolver.oldest(clock.millis())) {
            latest.remove(key);
        } else {
            latest.put(key, known);
        }
    }

    @Override
    public synchronized Optional<String> email(Identity identity) {
        return resolver.email(identity, latest::get, clock.millis());
    }

    @Override
    public synchronized long count() {
        long oldest = resolver.oldest(clock.millis());
        return latest.values().stream()
                .filter(known -> known.seenAt() >= oldest)
                .count();
    }

    /** Deletes the identities of an e-mail, for all processes. Returns their userIds and anonymousIds. */
    List<String> forget(String email) {
        if (follower.isEmpty()) {
            return List.of();
        }
        Set<String> keys = new HashSet<>();
        reader.read(partition, reader.begin(partition), reader.end(partition), read -> {
            String key = new String(read.key(), UTF_8);
            KnownIdentity known = IdentityRecord.read(read);
            if (known != null && known.email().equals(email)) {
                keys.add(key);
            } else {
                keys.remove(key);
            }
        });
        List<String> all = List.copyOf(keys);
        synchronized (this) {
            all.forEach(key -> {
                latest.remove(key);
                unread.merge(key, 1, Integer::sum);
            });
        }
        SpoolUnavailable.await(writer.write(all.stream()
                .map(key -> IdentityRecord.forgotten(partition, key, self))
                .toList()));
        return IdentityResolver.ids(all);
    }

    @Override
    public void close() {
        follower.ifPresent(TopicFollower::close);
    }
}
