package dev.listrakrelay.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Mounts the example routes beside the built-in ones, and configures them. */
public class WebhookExamples extends FakeThirdParty {

    /** Only one route can take from direct:alerts: here alerts-to-chat. */
    private static final List<String> TAKE_ALERTS_TOO =
            List.of("alerts-to-mail.camel.yaml", "alerts-to-pagerduty.camel.yaml");

    @Override
    public Map<String, String> start() {
        Map<String, String> config = super.start();
        for (String name : List.of("crm", "mailing")) {
            config.put("webhook." + name + ".secret", "nobody's");
            config.put("webhook." + name + ".forward-url", url(name));
            config.put("webhook." + name + ".allow-private", "true");
        }
        for (String name : List.of("archive", "stream", "purchases")) {
            config.put("webhook." + name + ".secret", SECRET);
        }
        config.put("camel.component.kafka.brokers", "localhost:1");
        config.put("alerts.url", url("alerts"));
        config.put("alerts.allow-private", "true");
        config.put("alerts.check-interval", "1s");
        Path mounted = mounted();
        config.put("test.archive", mounted.resolve("archive").toString());
        config.put("test.orders", mounted.resolve("orders").toString());
        config.put(
                "camel.main.routes-include-pattern", "classpath:routes/*.camel.yaml,file:" + mounted + "/*.camel.yaml");
        return config;
    }

    private static Path mounted() {
        try (Stream<Path> examples = Files.list(Path.of("routes/examples"))) {
            Path mounted = Files.createTempDirectory("relay-routes");
            Files.createDirectory(mounted.resolve("orders"));
            for (Path example : examples.filter(
                            file -> !TAKE_ALERTS_TOO.contains(file.getFileName().toString()))
                    .toList()) {
                String text = Files.readString(example)
                        .replace("file:archive", "file:" + mounted.resolve("archive"))
                        .replace("file:orders", "file:" + mounted.resolve("orders"));
                Files.writeString(mounted.resolve(example.getFileName()), text);
            }
            return mounted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
