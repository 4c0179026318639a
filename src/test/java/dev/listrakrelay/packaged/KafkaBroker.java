package dev.listrakrelay.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A Kafka of one node, broker and controller at once; or one of several such nodes, see {@link KafkaNodes}. */
public class KafkaBroker extends Broker {

    /** Kept, so that it keeps its level: clients tell all of their settings. */
    private static final Logger CLIENTS = Logger.getLogger("org.apache.kafka");

    static {
        CLIENTS.setLevel(Level.WARNING);
    }

    final int controllerPort = Ports.free();

    public KafkaBroker(Path folder) {
        super(folder);
    }

    public String url() {
        return "localhost:" + port;
    }

    @Override
    void launch() {
        Path properties = folder.resolve("server.properties");
        if (!Files.exists(properties)) {
            configure(properties);
        }
        super.launch();
    }

    /** Of how many nodes it is one. */
    int nodes() {
        return 1;
    }

    /** Which of them, from 1. */
    int number() {
        return 1;
    }

    /** Who they are, in its configuration. */
    String quorum() {
        return "controller.quorum.voters=1@localhost:" + controllerPort;
    }

    /** What else its configuration says; a key that it has already is replaced. */
    String more() {
        return "";
    }

    private void configure(Path properties) {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    properties,
                    """
                    process.roles=broker,controller
                    node.id=%5$d
                    %6$s
                    listeners=PLAINTEXT://localhost:%1$d,CONTROLLER://localhost:%2$d
                    advertised.listeners=PLAINTEXT://localhost:%1$d
                    controller.listener.names=CONTROLLER
                    log.dirs=%3$s
                    offsets.topic.replication.factor=%4$d
                    offsets.topic.num.partitions=4
                    transaction.state.log.replication.factor=1
                    transaction.state.log.min.isr=1
                    group.initial.rebalance.delay.ms=0
                    """
                                    .formatted(port, controllerPort, folder.resolve("log"), nodes(), number(), quorum())
                            + more());
            KafkaLog.copyTo(folder.resolve("log"), number());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    List<String> command() {
        return List.of("kafka.Kafka", folder.resolve("server.properties").toString());
    }

    @Override
    boolean isUp() {
        try (Admin admin = admin()) {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException | InterruptedException notYet) {
            return false;
        }
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", url()));
    }

    public KafkaBroker topic(String name, int partitions) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(partitions), Optional.empty())))
                    .all()
                    .get(20, TimeUnit.SECONDS);
            return this;
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How far a group has read, over all partitions. */
    public long committed(String group) {
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(20, TimeUnit.SECONDS);
            return offsets.values().stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs {@code kafka-consumer-groups}, and returns what it prints. */
    public String consumerGroups(String... arguments) {
        try {
            Path output = Files.createTempDirectory(folder, "tool");
            List<String> command = new ArrayList<>(
                    List.of("org.apache.kafka.tools.consumer.group.ConsumerGroupCommand", "--bootstrap-server", url()));
            command.addAll(List.of("--timeout", "60000"));
            command.addAll(List.of(arguments));
            java(output, "128m", command.toArray(new String[0])).waitFor();
            return Files.readString(log(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many records a topic has had, over all partitions; 0 where there is none. */
    long records(String topic) {
        return offsets(topic, OffsetSpec.latest());
    }

    /** The number of records that were deleted from the beginning of a topic. */
    long trimmed(String topic) {
        return offsets(topic, OffsetSpec.earliest());
    }

    /** The sum over a topic's partitions; 0 if there is no such topic. */
    private long offsets(String topic, OffsetSpec which) {
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetSpec> asked = admin
                    .describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(20, TimeUnit.SECONDS)
                    .get(topic)
                    .partitions()
                    .stream()
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(topic, partition.partition()), partition -> which));
            return admin.listOffsets(asked).all().get(20, TimeUnit.SECONDS).values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        } catch (ExecutionException notYet) {
            return 0;
        } catch (TimeoutException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The values of the records that a topic has now, as text. */
    public List<String> values(String topic) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", url());
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<String> values = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(written -> values.add(written.value()));
            }
            return values;
        }
    }

    /** One that gives nothing up, and writes nothing twice. */
    public KafkaProducer<byte[], byte[]> producer() {
        return producer(Map.of());
    }

    /** The same, with settings of its own. */
    public KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", url());
        properties.put("delivery.timeout.ms", 300_000);
        properties.put("linger.ms", 5);
        properties.putAll(settings);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
