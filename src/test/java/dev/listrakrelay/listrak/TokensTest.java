package dev.listrakrelay.listrak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.listrakrelay.delivery.DeliveryBeans;
import dev.listrakrelay.delivery.DeliveryFailure;
import dev.listrakrelay.delivery.Destination;
import dev.listrakrelay.delivery.DestinationConfig;
import dev.listrakrelay.spool.TestClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guarantees, Token: how often the relay asks a token endpoint that fails, measured with a test clock. */
class TokensTest {

    private static final int LANES = 8;

    private final TestClock clock = new TestClock();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Destination destination = DeliveryBeans.destinations(
                    new DestinationConfig() {
                        @Override
                        public Duration probeInterval() {
                            return Duration.ofSeconds(60);
                        }

                        @Override
                        public Duration maximumProbeInterval() {
                            return Duration.ofMinutes(15);
                        }
                    },
                    clock)
            .add("listrak", Duration.ofHours(72));
    private int status = 200;
    private int requests;
    private Tokens tokens;

    @BeforeEach
    void openTokenEndpoint() throws Exception {
        TokenAnswer answer = new TokenAnswer(clock);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:deliver-token")
                        .process(exchange -> {
                            requests++;
                            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
                            exchange.getMessage().setBody("{\"access_token\":\"t\",\"expires_in\":900}");
                        })
                        .process(answer);
            }
        });
        camel.start();
        tokens = new Tokens(
                camel,
                clock,
                new AccountSettings(
                        "listrak",
                        "id",
                        "secret",
                        1,
                        new UUID(0, 1),
                        URI.create("http://localhost"),
                        URI.create("http://localhost"),
                        RequestStyle.EVENT,
                        Optional.empty()));
    }

    @AfterEach
    void close() throws Exception {
        camel.close();
    }

    @Test
    void aTokenIsRenewedAMinuteBeforeItExpiresAndNotEarlier() throws Exception {
        // given a token that lives for 900 s
        tokens.current();

        // when
        clock.advance(Duration.ofSeconds(839));
        tokens.current();
        int before = requests;
        clock.advance(Duration.ofSeconds(1));
        tokens.current();

        // then
        assertThat(List.of(before, requests), contains(1, 2));
    }

    @Test
    void aFailingTokenEndpointIsAskedOnceInFiveSecondsHoweverManySendersWait() throws Exception {
        // given
        status = 500;

        // when every lane asks for a token ten times a second for five minutes
        for (int tenth = 0; tenth < 3_000; tenth++) {
            for (int lane = 0; lane < LANES; lane++) {
                assertThrows(DeliveryFailure.Unavailable.class, tokens::current);
            }
            clock.advance(Duration.ofMillis(100));
        }

        // then
        assertThat(requests, is(60));
        status = 200;
        assertThat(tokens.current().value(), is("t"));
        assertThat(tokens.current().value(), is("t"));
        assertThat(requests, is(61));
    }

    @Test
    void aClockThatIsSetBackDelaysNoTry() throws Exception {
        // given
        status = 500;
        assertThrows(DeliveryFailure.Unavailable.class, tokens::current);
        status = 200;

        // when
        clock.advance(Duration.ofDays(-1));

        // then
        assertThat(tokens.current().value(), is("t"));
    }

    @Test
    void rejectedCredentialsCauseOneTokenRequestForEachProbe() throws Exception {
        // given
        status = 400;

        // when every lane asks for a token each second for five minutes
        for (int second = 0; second < 300; second++) {
            for (int lane = 0; lane < LANES; lane++) {
                send();
            }
            clock.advance(Duration.ofSeconds(1));
        }

        // then after 0, 60 and 180 s
        assertThat(requests, is(3));
        assertThat(destination.parked().isPresent(), is(true));
        status = 200;
        clock.advance(Duration.ofSeconds(120));
        assertThat(send(), is(true));
        assertThat(destination.parked().isPresent(), is(false));
    }

    /**
     * Does what a lane does: waits at the gate, gets a token, and parks the destination if the credentials are refused.
     */
    private boolean send() throws Exception {
        if (!destination.awaitOpen(Duration.ofMillis(1))) {
            return false;
        }
        try {
            tokens.current();
            destination.resume();
            return true;
        } catch (DeliveryFailure.Closed refused) {
            destination.park(refused.getMessage());
            return false;
        }
    }
}
