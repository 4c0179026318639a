package dev.listrakrelay.packaged;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A Kafka broker with three listeners: one that is open, one with login over TLS, and one with client certificates over
 * TLS. Login by PLAIN accepts {@link #USER}; login by SCRAM accepts it after {@link #addUser}.
 */
final class GuardedKafka extends KafkaBroker {

    static final String USER = "shop";
    static final String PASSWORD = "s3cret; =word";

    private final int loginPort = Ports.free();
    private final int certificatePort = Ports.free();
    private final Keys own;
    private final Keys client;

    /** @param client the client whose certificate the broker accepts */
    GuardedKafka(Path folder, Keys own, Keys client) {
        super(folder);
        this.own = own;
        this.client = client;
    }

    /** The address of the listener with login. */
    String loginUrl() {
        return "localhost:" + loginPort;
    }

    /** The address of the listener with client certificates. */
    String certificateUrl() {
        return "localhost:" + certificatePort;
    }

    @Override
    String more() {
        String security = "org.apache.kafka.common.security";
        return """
                listeners=PLAINTEXT://localhost:%1$d,CONTROLLER://localhost:%2$d,LOGIN://localhost:%3$d,SHOWN://localhost:%4$d
                advertised.listeners=PLAINTEXT://localhost:%1$d,LOGIN://localhost:%3$d,SHOWN://localhost:%4$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,LOGIN:SASL_SSL,SHOWN:SSL
                sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512
                listener.name.login.plain.sasl.jaas.config=%5$s.plain.PlainLoginModule required user_%6$s="%7$s";
                listener.name.login.scram-sha-512.sasl.jaas.config=%5$s.scram.ScramLoginModule required;
                listener.name.shown.ssl.client.auth=required
                ssl.keystore.type=PEM
                ssl.keystore.location=%8$s
                ssl.truststore.type=PEM
                ssl.truststore.location=%9$s
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                super.users=User:ANONYMOUS
                allow.everyone.if.no.acl.found=true
                """
                .formatted(
                        port,
                        controllerPort,
                        loginPort,
                        certificatePort,
                        security,
                        USER,
                        PASSWORD,
                        own.pair(),
                        client.certificate());
    }

    /** Adds the user for login by SCRAM. */
    void addUser() {
        try (Admin admin = admin()) {
            await(admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            USER, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4_096), PASSWORD)))
                    .all());
        }
    }

    /** Denies the user all access to a topic. */
    void forbid(String topic) {
        try (Admin admin = admin()) {
            await(admin.createAcls(List.of(new AclBinding(
                            new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                            new AccessControlEntry("User:" + USER, "*", AclOperation.ALL, AclPermissionType.DENY))))
                    .all());
        }
    }

    /** Removes all access rules, so that everything is allowed. */
    void allowAll() {
        try (Admin admin = admin()) {
            await(admin.deleteAcls(List.of(AclBindingFilter.ANY)).all());
        }
    }

    private static void await(KafkaFuture<?> done) {
        try {
            done.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
