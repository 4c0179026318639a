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
 * A Kafka that has, beside its open door, one for who logs in and one for who shows a certificate, both over TLS. By PLAIN
 * it knows {@link #USER}, by SCRAM whom it is told of.
 */
final class GuardedKafka extends KafkaBroker {

    static final String USER = "shop";
    static final String PASSWORD = "s3cret; =word";

    private final int loginPort = Ports.free();
    private final int certificatePort = Ports.free();
    private final Keys own;
    private final Keys client;

    /** @param client whose certificate it takes */
    GuardedKafka(Path folder, Keys own, Keys client) {
        super(folder);
        this.own = own;
        this.client = client;
    }

    /** Where one logs in. */
    String loginUrl() {
        return "localhost:" + loginPort;
    }

    /** Where one shows a certificate. */
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

    /** Makes the user known by SCRAM. */
    void addUser() {
        try (Admin admin = admin()) {
            await(admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            USER, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4_096), PASSWORD)))
                    .all());
        }
    }

    /** Lets the user not read a topic. */
    void forbid(String topic) {
        try (Admin admin = admin()) {
            await(admin.createAcls(List.of(new AclBinding(
                            new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                            new AccessControlEntry("User:" + USER, "*", AclOperation.ALL, AclPermissionType.DENY))))
                    .all());
        }
    }

    /** Lets everyone do everything again. */
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
