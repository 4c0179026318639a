package dev.listrakrelay.ingest;

import static dev.listrakrelay.ingest.Posted.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading a randomly damaged body either succeeds or throws {@link UnreadableRequest}, and nothing else. */
class MutatedBodyTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aDamagedBodyThrowsNothingButUnreadableRequest(long seed) {
        // given
        Random random = new Random(seed);
        String event =
                "{\"type\":\"track\",\"event\":\"E\",\"messageId\":\"m\",\"userId\":12,\"n\":-1.5e3,\"b\":[true,null,{}],"
                        + "\"context\":{\"traits\":{\"email\":\"ann@example.com\",\"name\":\"Zoë \\ud83d\\ude00\"}}}";
        byte[] valid = ("{\"batch\":[" + event + "," + event + "]}").getBytes(StandardCharsets.UTF_8);
        byte[] alphabet = "{}[]\",:\\u0eE+-.tfn \u0000é".getBytes(StandardCharsets.UTF_8);
        int taken = 0;

        // when
        for (int i = 0; i < 4_000; i++) {
            byte[] body = mutate(valid, alphabet, random);
            try {
                IntakeResult intake = read("batch", body);
                intake.events().forEach(read -> Posted.only("events", Posted.raw(read)));
                taken += intake.events().size();
            } catch (UnreadableRequest expected) {
                assertEquals(400, expected.status(), expected::getMessage);
            }
        }

        // then
        assertTrue(taken > 100, "some mutations leave an event valid");
    }

    private static byte[] mutate(byte[] valid, byte[] alphabet, Random random) {
        byte[] body = valid.clone();
        for (int changes = random.nextInt(3); changes >= 0; changes--) {
            int at = random.nextInt(body.length);
            int to = Math.min(body.length, at + random.nextInt(30));
            switch (random.nextInt(5)) {
                case 0 -> body[at] = alphabet[random.nextInt(alphabet.length)];
                case 1 -> body[at] = (byte) random.nextInt(256);
                case 2 -> body = Arrays.copyOf(body, Math.max(1, at));
                case 3 ->
                    System.arraycopy(body.clone(), at, body, random.nextInt(body.length - (to - at) + 1), to - at);
                default -> {
                    byte[] shorter = Arrays.copyOf(body, body.length - (to - at));
                    System.arraycopy(body, to, shorter, at, body.length - to);
                    body = shorter.length == 0 ? body : shorter;
                }
            }
        }
        return body;
    }
}
