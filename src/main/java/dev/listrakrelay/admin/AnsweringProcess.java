package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.SpoolConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Adds the name of this process to answers. With Kafka, several processes run, and each has only a part of the counts. */
@ApplicationScoped
public class AnsweringProcess {

    private final SpoolConfig.Engine engine;
    private final String name;

    AnsweringProcess(SpoolConfig config, @ConfigProperty(name = "quarkus.http.port") int port) {
        this.engine = config.engine();
        this.name = host() + ":" + port;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    /** Returns the host name and the public port, as {@code host:port}. */
    public String name() {
        return name;
    }

    String engine() {
        return engine.name().toLowerCase(Locale.ROOT);
    }

    /** Adds the name of this process to an answer and, with Kafka, that the answer is only a part. */
    ObjectNode sign(ObjectNode answer) {
        answer.put("process", name);
        return engine == SpoolConfig.Engine.KAFKA ? answer.put("part", true) : answer;
    }
}
