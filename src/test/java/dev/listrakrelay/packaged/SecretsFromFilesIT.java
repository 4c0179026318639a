package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Secrets from files work if they end with a line break, as those made with {@code echo} do. */
class SecretsFromFilesIT extends PackagedTest {

    @Test
    void aLineBreakAtTheEndOfASecretIsIgnored() throws IOException {
        // given
        Stream.of(
                        "SOURCE_REST_WRITE_KEYS=other, key",
                        "LISTRAK_CLIENT_SECRET=secret",
                        "WEBHOOK_ORDERS_SECRET=" + WebhookSender.SECRET,
                        "ADMIN_TOKEN=token-of-the-operator")
                .map(variable -> variable.split("=", 2))
                .forEach(variable -> relay.with(variable[0], variable[1] + "\n"));
        relay.with("WEBHOOK_ORDERS_FORWARD_URL", "https://third-party.invalid");
        relay.start();

        // when
        int event = relay.post("track", Callers.event("c/1"));
        String now = String.valueOf(Instant.now().getEpochSecond());
        int webhook = relay.webhook("orders", "{}", now, WebhookSender.sign("{}" + now));
        String status = relay.adminGet("status");
        await().atMost(Duration.ofMinutes(1)).until(() -> listrak.arrived() == 1);

        // then
        assertThat(event, is(200));
        assertThat(webhook, is(200));
        assertThat(status, containsString("\"spools\""));
    }
}
