package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;

/** A Kafka cluster of several nodes, each both broker and controller. With three nodes, any one of them may be down. */
final class KafkaNodes implements AutoCloseable {

    private static final Duration IN_SYNC = Duration.ofMinutes(2);

    private final List<KafkaBroker> nodes = new ArrayList<>();

    /** A node with less memory than a single broker, because several run at once. */
    private final class Node extends KafkaBroker {

        private final int number = nodes.size() + 1;

        Node(Path folder) {
            super(folder);
        }

        @Override
        int number() {
            return number;
        }

        @Override
        int nodes() {
            return nodes.size();
        }

        @Override
        String quorum() {
            return nodes.stream()
                    .map(node -> node.number() + "@localhost:" + node.controllerPort)
                    .collect(Collectors.joining(",", "controller.quorum.voters=", ""));
        }

        @Override
        String heap() {
            return "256m";
        }
    }

    /** A cluster with this node only. */
    KafkaNodes(KafkaBroker only) {
        nodes.add(only);
    }

    /** @param count number of nodes, at least 2 */
    KafkaNodes(Path folder, int count) {
        while (nodes.size() < count) {
            nodes.add(new Node(folder.resolveSibling(folder.getFileName() + "-" + (nodes.size() + 1))));
        }
    }

    int count() {
        return nodes.size();
    }

    KafkaBroker get(int node) {
        return nodes.get(node);
    }

    /** The addresses of all nodes, comma-separated. */
    String url() {
        return nodes.stream().map(KafkaBroker::url).collect(Collectors.joining(","));
    }

    /** Starts all nodes at once, because each waits for the others. */
    KafkaNodes start() {
        nodes.forEach(KafkaBroker::launch);
        nodes.forEach(KafkaBroker::awaitUp);
        return this;
    }

    /** Waits until all replicas of every partition are in sync, so that another node may be stopped. */
    void awaitInSync() {
        await().atMost(IN_SYNC).pollInterval(Duration.ofMillis(200)).until(this::isInSync);
    }

    private boolean isInSync() {
        try (Admin admin = nodes.get(0).admin()) {
            Collection<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get(10, TimeUnit.SECONDS);
            Collection<TopicDescription> topics = admin.describeTopics(names)
                    .allTopicNames()
                    .get(10, TimeUnit.SECONDS)
                    .values();
            return topics.stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition ->
                            partition.isr().size() == partition.replicas().size());
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        nodes.forEach(KafkaBroker::close);
    }
}
