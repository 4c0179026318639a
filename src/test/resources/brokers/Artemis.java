import java.util.Set;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;

/** An Artemis that speaks AMQP 1.0 and keeps its messages in a folder; run from its source, outside the tests' class path. */
class Artemis {

    /** @param args the folder and the port; then, to guard it, a store of keys, its password, a user and the user's password */
    public static void main(String... args) throws Exception {
        boolean isGuarded = args.length > 2;
        Configuration configuration = new ConfigurationImpl()
                .setSecurityEnabled(isGuarded)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(args[0] + "/journal")
                .setBindingsDirectory(args[0] + "/bindings")
                .setLargeMessagesDirectory(args[0] + "/large-messages")
                .setPagingDirectory(args[0] + "/paging")
                .addAcceptorConfiguration(
                        "amqp",
                        "tcp://localhost:" + args[1] + "?protocols=AMQP" + (isGuarded ? tls(args[2], args[3]) : ""));
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        if (isGuarded) {
            broker.setSecurityManager(new OneUser(args[4], args[5]));
        }
        broker.start();
        Thread.currentThread().join();
    }

    private static String tls(String keys, String password) {
        return ";sslEnabled=true;keyStoreType=PKCS12;keyStorePath=" + keys + ";keyStorePassword=" + password;
    }

    /** Lets one user do everything, and nobody else anything. */
    private record OneUser(String user, String password) implements ActiveMQSecurityManager {

        @Override
        public boolean validateUser(String user, String password) {
            return this.user.equals(user) && this.password.equals(password);
        }

        @Override
        public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType checkType) {
            return validateUser(user, password);
        }
    }
}
