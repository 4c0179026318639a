package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.kafka.AccessSettings;
import dev.listrakrelay.spool.KafkaSpoolConfig;
import dev.listrakrelay.spool.SpoolRefused;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Creates the Kafka clients of a spool. With their settings, no record counts as stored before all in-sync replicas
 * have it, and no call waits longer than its caller can.
 */
final class SpoolKafkaClients {

    /** The largest size of a record, in bytes. Events are far smaller. */
    static final int LARGEST_RECORD = 8 * 1024 * 1024;

    private static final int MOST_FETCHED = 4 * 1024 * 1024;
    private static final int MOST_FETCHED_OF_A_LANE = 512 * 1024;
    private static final long PATIENCE_SECONDS = 15;

    private final KafkaSpoolConfig config;

    SpoolKafkaClients(KafkaSpoolConfig config) {
        this.config = config;
    }

    private Properties settings() {
        Properties settings = AccessSettings.of(config);
        settings.put("bootstrap.servers", String.join(",", config.brokers()));
        settings.put("request.timeout.ms", 5_000);
        settings.put("reconnect.backoff.max.ms", 5_000);
        settings.put("metric.reporters", "");
        settings.put("enable.metrics.push", false);
        return settings;
    }

    Admin admin() {
        Properties settings = settings();
        settings.put("default.api.timeout.ms", 10_000);
        return Admin.create(settings);
    }

    /** Creates a producer that writes each record once and in order, to all in-sync replicas. It gives up after 10 s. */
    Producer<byte[], byte[]> producer() {
        Properties settings = settings();
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        settings.put("delivery.timeout.ms", 10_000);
        settings.put("max.block.ms", 5_000);
        // so long a record waits for others to share a request
        settings.put("linger.ms", 5);
        settings.put("batch.size", 64 * 1024);
        settings.put("buffer.memory", 2L * LARGEST_RECORD);
        settings.put("max.request.size", LARGEST_RECORD);
        settings.put("compression.type", "lz4");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Creates a consumer that reads the partitions that its user assigns. */
    Consumer<byte[], byte[]> reader() {
        Properties settings = settings();
        settings.put("fetch.max.wait.ms", 10);
        return consumer(settings);
    }

    /** Creates a consumer that reads the partitions that its group assigns. It commits only on request. */
    Consumer<byte[], byte[]> member(String group) {
        Properties settings = settings();
        settings.put("group.id", group);
        settings.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        settings.put("session.timeout.ms", 30_000);
        settings.put("heartbeat.interval.ms", 3_000);
        settings.put("max.poll.records", 100);
        // during a fetch, the consumer asks that broker for nothing else, not even for a lane that has space again
        settings.put("fetch.max.wait.ms", 100);
        return consumer(settings);
    }

    /**
     * Waits for an answer of the brokers, 15 s at most.
     *
     * @param failed what can't be done without the answer; the message begins with it
     * @throws SpoolRefused if an operator has to change something
     * @throws SpoolUnavailable if the failure may pass, such as brokers that are away or too few
     */
    static <T> T answer(KafkaFuture<T> answer, String failed) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new SpoolUnavailable(failed + ", no answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SpoolUnavailable(failed + ", interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String message = failed + ", " + cause.getMessage();
            boolean isRefused = cause instanceof AuthorizationException
                    || cause instanceof AuthenticationException
                    || cause instanceof PolicyViolationException;
            throw isRefused ? new SpoolRefused(message, cause) : new SpoolUnavailable(message, cause);
        }
    }

    private static Consumer<byte[], byte[]> consumer(Properties settings) {
        settings.put("default.api.timeout.ms", 10_000);
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("fetch.max.bytes", MOST_FETCHED);
        settings.put("max.partition.fetch.bytes", MOST_FETCHED_OF_A_LANE);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
