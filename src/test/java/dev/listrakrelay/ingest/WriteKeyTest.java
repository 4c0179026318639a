package dev.listrakrelay.ingest;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A caller with a write key may post, with the key in any of three places. A caller without one learns nothing about
 * keys.
 */
class WriteKeyTest {

    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();

    private final WriteKey writeKey = writeKey(config(Optional.of(List.of("web-key", "schlüssel"))));

    @ParameterizedTest
    @ValueSource(strings = {"web-key:", "web-key", "web-key:password", "web-key:a:b", "schlüssel:"})
    void aKeyAsBasicUserNameGetsIn(String credentials) {
        // given
        String header = "Basic " + base64(credentials);

        // when // then
        assertDoesNotThrow(() -> writeKey.process(request(header, "{}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer web-key", "bearer web-key", "BEARER  web-key "})
    void aKeyAsBearerTokenGetsIn(String header) {
        // when // then
        assertDoesNotThrow(() -> writeKey.process(request(header, "{}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"writeKey\":\"web-key\"}",
                "{\"batch\":[{\"writeKey\":1}],\"a\":{\"writeKey\":\"no\"},\"writeKey\":\"web-key\"}"
            })
    void aKeyInTheBodyGetsIn(String body) {
        // when // then
        assertDoesNotThrow(() -> writeKey.process(request(null, body)));
    }

    @Test
    void theBodyStaysAsItCame() throws Exception {
        // given
        byte[] body = "{\"writeKey\":\"web-key\"}".getBytes(StandardCharsets.UTF_8);
        Exchange request = request(null, null);
        request.getMessage().setBody(body);

        // when
        writeKey.process(request);

        // then
        assertEquals(body, request.getMessage().getBody());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer ",
                "Bearer",
                "Bearer web-ke",
                "Bearer web-key2",
                "Bearer WEB-KEY",
                "Basic ",
                "Basic",
                "Basic !!!",
                "Basic d2ViLWtleQ=x",
                "Digest web-key",
                "web-key",
                ""
            })
    @NullSource
    void anUnknownKeyDoesNotGetIn(String header) {
        // when
        UnreadableRequest refused =
                assertThrows(UnreadableRequest.class, () -> writeKey.process(request(header, "{}")));

        // then
        assertEquals(401, refused.status());
        assertFalse(refused.getMessage().contains("web-key")
                && !refused.getMessage().contains("write-keys"));
        assertFalse(refused.getMessage().contains("schlüssel"));
    }

    @Test
    void anEmptyUserNameWithAKeyAsPasswordDoesNotGetIn() {
        // given
        Exchange request = request("Basic " + base64(":web-key"), "{}");

        // when // then
        assertThrows(UnreadableRequest.class, () -> writeKey.process(request));
    }

    @Test
    void aWrongHeaderIsRefusedEvenIfTheBodyHasAKey() {
        // given
        Exchange request = request("Bearer wrong", "{\"writeKey\":\"web-key\"}");

        // when // then
        assertThrows(UnreadableRequest.class, () -> writeKey.process(request));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "[\"writeKey\",\"web-key\"]",
                "{\"a\":{\"writeKey\":\"web-key\"}}",
                "{\"writeKey\":[\"web-key\"]}",
                "{\"writeKey\":null}",
                "{\"writekey\":\"web-key\"}"
            })
    @NullSource
    void aBodyWithoutAKeyDoesNotGetIn(String body) {
        // when
        UnreadableRequest refused = assertThrows(UnreadableRequest.class, () -> writeKey.process(request(null, body)));

        // then
        assertEquals(401, refused.status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x | body: not JSON at byte 0",
                "{\"writeKey\" | body: not JSON at byte 11",
                "{\"batch\":[{\"n\":NaN}],\"writeKey\":\"web-key\"} | body: not JSON at byte 18",
                "[{\"n\":NaN}] | body: not JSON at byte 9",
                "{} x | body: not JSON at byte 3",
                "`\u0000\u0000` | body: expected UTF-8, found UTF-16 or UTF-32"
            })
    void aBrokenBodyIsReportedWithItsPositionAndNotAsAMissingKey(String body, String error) {
        // when
        UnreadableRequest refused = assertThrows(UnreadableRequest.class, () -> writeKey.process(request(null, body)));

        // then
        assertEquals(400, refused.status());
        assertEquals(error, refused.getMessage());
    }

    @Test
    void aKeyIsFoundAfterAnEventWithInvalidValues() {
        // given a number and a depth that make one event invalid, but not the others
        String deep = "[".repeat(900) + "]".repeat(900);
        String body = "{\"batch\":[" + "7".repeat(2_000) + "," + deep + "],\"writeKey\":\"web-key\"}";

        // when // then
        assertDoesNotThrow(() -> writeKey.process(request(null, body)));
    }

    @Test
    void aBodyOverTheLimitIsTooLargeAndNotSearched() {
        // given
        String body = " ".repeat(500 * 1024) + "{\"writeKey\":\"web-key\"}";

        // when
        UnreadableRequest refused = assertThrows(UnreadableRequest.class, () -> writeKey.process(request(null, body)));

        // then
        assertEquals(413, refused.status());
    }

    @Test
    void aBodyNestedDeepDoesNotGetIn() {
        // given
        Exchange request = request(null, "{\"a\":" + "[".repeat(100_000));

        // when // then
        assertThrows(UnreadableRequest.class, () -> writeKey.process(request));
    }

    @Test
    void withoutAnyKeyNobodyGetsIn() {
        // given
        WriteKey none = writeKey(config(Optional.empty()));

        // when // then
        assertThrows(UnreadableRequest.class, () -> none.process(request("Bearer ", "{\"writeKey\":\"\"}")));
    }

    private static Exchange request(String authorization, String body) {
        Exchange exchange = new DefaultExchange(CAMEL);
        exchange.getMessage().setHeader("Authorization", authorization);
        exchange.getMessage().setBody(body == null ? null : body.getBytes(StandardCharsets.UTF_8));
        return exchange;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static WriteKey writeKey(RestConfig config) {
        return new WriteKey(config, new KeyRates(config, new SimpleMeterRegistry()));
    }

    private static RestConfig config(Optional<List<String>> keys) {
        return new RestConfig() {
            @Override
            public boolean enabled() {
                return true;
            }

            @Override
            public Optional<List<String>> writeKeys() {
                return keys;
            }

            @Override
            public Optional<Long> maxEventsPerSecond() {
                return Optional.empty();
            }

            @Override
            public Optional<Long> burst() {
                return Optional.empty();
            }
        };
    }
}
