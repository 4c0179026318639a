package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import jakarta.jms.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The AMQP source accepts messages from a real broker, without loss through kills, bad messages and a full spool. */
class AmqpSourceIT extends PackagedTest {

    private static final Logger LOG = Logger.getLogger(AmqpSourceIT.class);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUEUE = "orders";

    private ArtemisBroker artemis;

    @BeforeEach
    void openArtemis() {
        artemis = new ArtemisBroker(folder.resolve("artemis"));
        relay.with("SOURCE_AMQP_ENABLED", "true")
                .with("SOURCE_AMQP_URL", artemis.url())
                .with("SOURCE_AMQP_QUEUE", QUEUE);
    }

    @AfterEach
    void closeArtemis() {
        artemis.close();
    }

    @Test
    @Tag("nightly")
    void noKillLosesAMessage() {
        // given
        artemis.start();
        relay.start();

        // when
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> artemis.send(
                QUEUE, QueueKills.EVENTS, (session, i) -> ArtemisBroker.bytes(session, KafkaSourceTest.event(i))));
        QueueKills.whileArriving(listrak, relay, artemis);
        sending.join();
        List<String> sent = IntStream.range(0, QueueKills.EVENTS)
                .mapToObj(KafkaSourceTest::id)
                .toList();
        await().atMost(Duration.ofMinutes(3)).until(() -> listrak.orderIds().size() == QueueKills.EVENTS);
        awaitNothingPending(SOON);

        // then
        LOG.infof(
                "%d kills, %d messages, %d arrived, %d lost, %d duplicates",
                QueueKills.KILLS,
                QueueKills.EVENTS,
                listrak.arrived(),
                lost(sent).size(),
                duplicates());
        assertThat(lost(sent), empty());
        assertThat("twice though settled", listrak.unexplainedDuplicates(), empty());
        assertThat("stored, each once", relay.metric("listrak_relay_accepted_total"), is((long) QueueKills.EVENTS));
    }

    @Test
    void aBadMessageIsADeadLetterAndNoObjectIsDeserialized() throws IOException {
        // given
        artemis.start();
        relay.start();

        // when
        artemis.send(QUEUE, 4, (session, i) -> switch (i) {
            case 0 -> session.createTextMessage("not JSON");
            case 1 -> session.createObjectMessage(new ArrayList<>(List.of("an object")));
            case 2 -> session.createMapMessage();
            default -> session.createTextMessage(Callers.event("c/good"));
        });
        await().atMost(SOON).until(() -> relay.metric("listrak_relay_accepted_total") == 4);
        awaitNothingPending(SOON);

        // then
        assertThat(listrak.orderIds(), contains("c/good"));
        assertThat(
                relay.answersOfDeadLetters("unreadable"),
                containsInAnyOrder(
                        allOf(containsString("ID:"), containsString("not JSON at byte")),
                        containsString("of another type, expected text or bytes"),
                        containsString("of another type, expected text or bytes")));
    }

    @Test
    void noPropertyOfAMessageChangesWhatIsSentOrWhereAndNobodyIsAnswered() {
        // given
        artemis.start();
        relay.start();

        // when
        artemis.send(QUEUE, 2, (session, i) -> {
            Message message = session.createTextMessage(KafkaSourceTest.timed(i == 0 ? "c/plain" : "c/headers"));
            if (i == 1) {
                for (String name : List.of(
                        "CamelHttpUri",
                        "camelhttpuri",
                        "CAmelHttpUri",
                        "CamelHttpPath",
                        "Host",
                        "Authorization",
                        "source",
                        "call",
                        "CamelJmsDestinationName",
                        "Transfer_Encoding")) {
                    message.setStringProperty(name, "http://localhost:1/elsewhere");
                }
                message.setJMSReplyTo(session.createQueue("answers"));
                message.setJMSCorrelationID("asked");
                message.setJMSType("nonsense");
            }
            return message;
        });
        await().atMost(SOON).until(() -> listrak.arrived() == 2);

        // then
        String plain = listrak.dataFields("c/plain").get(0);
        assertThat(listrak.dataFields("c/headers"), contains(plain.replace("c/plain", "c/headers")));
        assertThat(artemis.receive("answers"), is(0));
        assertThat(artemis.receive(QUEUE), is(0));
    }

    @Test
    @Tag("nightly")
    void aSpoolThatIsFullHoldsMessagesBackAndNoneIsLost() {
        // given
        artemis.start();
        listrak.answer(503);
        relay.with("SPOOL_MAX_BYTES", "1M").with("SPOOL_HISTORY_EVENTS", "0").start();

        // when
        int messages = 6_000;
        artemis.send(QUEUE, messages, (session, i) -> ArtemisBroker.bytes(session, KafkaSourceTest.event(i)));
        await().atMost(SOON).until(() -> relay.logText().contains("source-amqp: paused"));
        int ended = relay.sigterm().awaitExit();
        listrak.answer(200);
        relay.start();
        await().atMost(Duration.ofMinutes(2)).until(() -> listrak.orderIds().size() == messages);
        awaitNothingPending(SOON);

        // then
        assertThat(ended, is(0));
        assertThat(listrak.arrived(), is(messages));
    }

    @Test
    void aRelayIsReadyWithoutItsBrokerAndReadsItsMessagesOnceItIsUp() {
        // given
        relay.start();

        // when
        artemis.start();
        artemis.send(QUEUE, 10, (session, i) -> ArtemisBroker.bytes(session, KafkaSourceTest.event(i)));

        // then
        await().atMost(SOON).until(() -> listrak.orderIds().size() == 10);
        assertThat(relay.isReady(), is(true));
    }
}
