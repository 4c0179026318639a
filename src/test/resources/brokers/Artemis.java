import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** An Artemis that speaks AMQP 1.0 and keeps its messages in a folder; run from its source, outside the tests' class path. */
class Artemis {

    /** @param args the folder and the port */
    public static void main(String... args) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(args[0] + "/journal")
                .setBindingsDirectory(args[0] + "/bindings")
                .setLargeMessagesDirectory(args[0] + "/large-messages")
                .setPagingDirectory(args[0] + "/paging")
                .addAcceptorConfiguration("amqp", "tcp://localhost:" + args[1] + "?protocols=AMQP");
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.start();
        Thread.currentThread().join();
    }
}
