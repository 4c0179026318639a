package dev.listrakrelay.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings on the page show no secrets: neither a setting that is a secret nor a secret inside a URL. */
class ShownValueTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "admin.token                     | t0ken                                     | ••••",
                "admin.read-token                | t0ken                                     | ••••",
                "listrak.eu.client-secret        | s3cret                                    | ••••",
                "webhook.orders.previous-secret  | s3cret                                    | ••••",
                "webhook.orders.forward-secret   | s3cret                                    | ••••",
                "source.rest.write-keys          | a,b                                       | ••••",
                "spool.kafka.password            | s3cret                                    | ••••",
                "source.amqp.url                 | amqps://u:s3cret@b:5671?transport.x=s3cret | amqps://••••@b:5671?••••",
                "webhook.orders.forward-url      | https://t.example/in?code=s3cret          | https://t.example/in?••••",
                "listrak.auth-url                | https://auth.listrak.com/OAuth2/Token     | https://auth.listrak.com/OAuth2/Token",
                "listrak.client-id               | shop                                      | shop",
                "spool.dir                       | data                                      | data",
                "spool.dir                       |                                           |",
                "admin.token                     |                                           |",
            })
    void aSecretIsHidden(String key, String value, String shown) {
        assertEquals(shown, ShownValue.of(key, value));
    }

    @Test
    void aUrlIsShownWithoutItsQueryAndItsUser() {
        assertEquals("https://t.example/in", ShownValue.withoutQuery("https://u:p@t.example/in?code=s3cret"));
    }

    @Test
    void everySecretInApplicationPropertiesIsHidden() throws Exception {
        // when
        List<String> secrets = Files.readAllLines(Path.of("application.properties")).stream()
                .filter(line -> line.matches("#?[\\w.<>-]+(secret|token|password|write-keys)="))
                .map(line -> line.replaceAll("^#|=$", ""))
                .toList();

        // then
        assertTrue(secrets.size() >= 10, secrets.toString());
        secrets.forEach(key -> assertTrue(ShownValue.isSecret(key.replace("<name>", "x")), key));
    }
}
