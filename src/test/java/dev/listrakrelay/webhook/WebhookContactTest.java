package dev.listrakrelay.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finds the contact in payloads that a journey may send. Listrak does not publish the payloads (listrak-api §6). */
class WebhookContactTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"email\":\" A@Example.com \"}                                          | a@example.com",
                "{\"cart\":{\"items\":[{\"sku\":\"1\"}]},\"contact\":{\"EmailAddress\":\"b@example.com\"}} | b@example.com",
                "{\"Phone Number\":\"+1 555 0100\",\"e-mail\":\"c@example.com\"}          | c@example.com",
                "{\"phoneNumber\":15550100,\"coupon\":\"TEN\"}                            | 15550100",
                "{\"emailOptIn\":\"yes\",\"email\":null,\"mobile_phone\":\"+15550101\"}   | +15550101",
                "{\"email\":\"Kim <e@example.com>\",\"e-mail\":\"\\ufeffe@example.com\\u00a0\"}| e@example.com",
                "{\"name\":\"d@example.com\"}                                             |",
                "{\"email\":                                                              |",
                "not JSON                                                                 |",
            })
    void aContactIsItsEmailElseItsPhoneNumber(String payload, String contact) {
        assertThat(WebhookContact.of(payload.getBytes(UTF_8)), is(Optional.ofNullable(contact)));
    }
}
