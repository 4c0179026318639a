package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code unknown_outcome: hold} outlasts a kill: the next start does not send what was under way. */
class HoldIT extends PackagedTest {

    private static final Duration BOUND = Duration.ofMinutes(1);

    @Test
    void anEventThatWasBeingSentAtAKillIsHeldAndAReplaySendsIt() throws IOException {
        // given
        Path mapping =
                Files.writeString(folder.resolve("hold.mapping.yaml"), "preset: default\nunknown_outcome: hold\n");
        relay.with("MAPPING_FILE", mapping.toString()).start();
        listrak.hang();
        relay.post("track", order("unsure"));
        await().atMost(BOUND).until(() -> listrak.hanging() == 1);

        // when
        relay.kill9();
        listrak.answer(200);
        relay.start();
        relay.post("track", order("next"));
        awaitNothingPending(BOUND);

        // then
        assertThat(listrak.orderIds(), is(Set.of("next")));
        assertThat(relay.answersOfDeadLetters("unknown_outcome"), contains(startsWith("the relay ended")));
        relay.admin("dead-letters/replay", "{\"filter\":{\"reason\":\"unknown_outcome\"}}");
        await().atMost(BOUND).until(() -> listrak.orderIds().equals(Set.of("next", "unsure")));
    }

    private static String order(String id) {
        return "{\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":{\"order_id\":\"" + id
                + "\",\"email\":\"" + id + "@example.com\"}}";
    }
}
