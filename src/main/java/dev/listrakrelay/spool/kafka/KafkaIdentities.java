package dev.listrakrelay.spool.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identities;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.engine.IdentityResolver;
import dev.listrakrelay.spool.engine.KnownIdentity;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Learns who is who, and tells it to every process by a topic that keeps the last that was told of each; the latest are in
 * memory. What one process learns is known to the others a moment later, and to whatever starts anew.
 */
final class KafkaIdentities implements Identities, AutoCloseable {

    private static final int MOST_IN_MEMORY = 100_000;

    private final IdentityResolver learning;
    private final Clock clock;
    private final RecordWriter writer;
    private final PartitionReader reader;
    private final TopicPartition partition;
    private final boolean isLearning;
    private final Optional<TopicFollower> follower;
    private final long self = new SecureRandom().nextLong();

    /** Keys that this process told and has not read back yet, how often each: what it reads of them meanwhile is older. */
    private final Map<String, Integer> unread = new HashMap<>();

    private final Map<String, KnownIdentity> latest = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, KnownIdentity> eldest) {
            return size() > MOST_IN_MEMORY;
        }
    };

    /**
     * Returns when all is read that the topic tells.
     *
     * @param ttl how long one is known after it was last told or used; zero learns none
     */
    KafkaIdentities(
            SpoolKafkaClients clients,
            PartitionReader reader,
            RecordWriter writer,
            String topic,
            Duration ttl,
            Clock clock) {
        this.learning = new IdentityResolver(ttl);
        this.clock = clock;
        this.writer = writer;
        this.reader = reader;
        this.partition = new TopicPartition(topic, 0);
        this.isLearning = !ttl.isZero();
        this.follower = isLearning
                ? Optional.of(new TopicFollower(clients, List.of(partition), this::record))
                : Optional.empty();
        follower.ifPresent(log -> log.awaitCurrent(reader));
    }

    /**
     * Learns what an event tells; answers it as it is to be stored.
     *
     * @param appending completes only when it is on disk what was learned
     */
    synchronized Event resolve(Event event, long now, PendingAppend appending) {
        return learning.resolve(event, new Told(appending), now);
    }

    /** What is learned while some events are stored. */
    private final class Told implements IdentityResolver.Memory<RuntimeException> {

        private final PendingAppend appending;

        Told(PendingAppend appending) {
            this.appending = appending;
        }

        @Override
        public KnownIdentity find(String key) {
            return latest.get(key);
        }

        @Override
        public void put(String key, KnownIdentity known) {
            KnownIdentity before = latest.put(key, known);
            unread.merge(key, 1, Integer::sum);
            appending.waitForWritten();
            writer.write(IdentityRecord.of(partition, key, known, self), (metadata, failure) -> {
                if (failure != null) {
                    undo(key, known, before);
                }
                appending.written(failure);
            });
        }
    }

    /** It may be written all the same: then it is read as if another process had told it. */
    private synchronized void undo(String key, KnownIdentity known, KnownIdentity before) {
        isRead(key);
        if (latest.get(key) == known) {
            latest.remove(key);
            if (before != null) {
                latest.put(key, before);
            }
        }
    }

    private void isRead(String key) {
        unread.computeIfPresent(key, (same, times) -> times == 1 ? null : times - 1);
    }

    private synchronized void record(ConsumerRecord<byte[], byte[]> read) {
        String key = new String(read.key(), UTF_8);
        if (IdentityRecord.isBy(read, self)) {
            isRead(key);
        }
        if (unread.containsKey(key)) {
            return;
        }
        KnownIdentity known = IdentityRecord.read(read);
        if (known == null || known.seenAt() < learning.oldest(clock.millis())) {
            latest.remove(key);
        } else {
            latest.put(key, known);
        }
    }

    @Override
    public synchronized Optional<String> email(Identity told) {
        return learning.email(told, latest::get, clock.millis());
    }

    @Override
    public synchronized long count() {
        long oldest = learning.oldest(clock.millis());
        return latest.values().stream()
                .filter(known -> known.seenAt() >= oldest)
                .count();
    }

    /** Forgets whom an e-mail belongs to, everywhere; answers the userIds and anonymousIds that stood for it. */
    List<String> forget(String email) {
        if (!isLearning) {
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
