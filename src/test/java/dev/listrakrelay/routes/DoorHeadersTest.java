package dev.listrakrelay.routes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No header of a caller reaches ingest from any source: HTTP headers, query and form parameters, Kafka record headers,
 * JMS properties. Camel treats them all alike. Runs the original route files, with stubs for the beans that they call.
 */
class DoorHeadersTest {

    private static final String EVIL = "localhost:1/x";
    private static final List<String> BEANS = List.of(
            "traceIntake",
            "unpackBody",
            "writeKey",
            "intakeAnswer",
            "readCloudEvents",
            "readShape",
            "sdkSettings",
            "readRecords",
            "commitRecords",
            "readMessage",
            "verifyWebhook",
            "webhookAnswer");

    private final CamelContext camel = new DefaultCamelContext();
    private final List<Map<String, Object>> ingested = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startCamel() throws Exception {
        camel.addComponent("door", new AnyDoor());
        BEANS.forEach(name -> camel.getRegistry().bind(name, (Processor) exchange -> {}));
        camel.getPropertiesComponent().setLocation("file:application.properties");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ingest")
                        .process(exchange ->
                                ingested.add(new TreeMap<>(exchange.getMessage().getHeaders())));
            }
        });
        camel.start();
    }

    @AfterEach
    void stopCamel() {
        camel.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "10-source-rest, source-rest, '{call=/v1/track, isLive=true, source=rest}'",
        "11-source-kafka, source-kafka, '{source=kafka}'",
        "12-source-amqp, source-amqp, '{source=amqp}'",
        "14-source-cloudevents, source-cloudevents, '{source=cloudevents}'",
        "15-source-shapes, source-shapes, '{source=shape-}'",
        "50-webhook-receive, webhook-receive, '{}'"
    })
    void noHeaderOfACallerReachesIngest(String file, String route, String ours) throws Exception {
        // given
        String yaml = Files.readString(Path.of("routes", file + ".camel.yaml"))
                .replaceAll("uri: (\"?)(?:platform-http|kafka|jms):", "uri: $1door:")
                .replaceAll("\"spool:[^\"]*\"", "direct:ingest");
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(file + ".camel.yaml", yaml));
        camel.getRouteController().startRoute(route);

        // when
        camel.createProducerTemplate().send(camel.getRoute(route).getEndpoint(), exchange -> {
            CallersHeadersRouteTest.names().forEach(name -> put(exchange.getMessage(), name));
            if (route.equals("source-rest")) {
                // Camel sets this header, so callers can't
                exchange.getMessage().setHeader(Exchange.HTTP_PATH, "/v1/track");
            }
        });

        // then
        assertThat(ingested, hasSize(1));
        assertThat(ingested.get(0).toString(), is(ours));
    }

    /** Adds the header in upper case with two values, and once under an unknown name. */
    private static void put(Message message, String name) {
        message.setHeader(name.toUpperCase(Locale.ROOT), List.of(EVIL, EVIL));
        message.setHeader(name + "2", EVIL);
    }

    /** Replaces the component of a source, and accepts any options of its endpoints. */
    private static final class AnyDoor extends DirectComponent {
        @Override
        protected void validateParameters(String uri, Map<String, Object> parameters, String optionPrefix) {
            // the options are those of the real component
        }
    }
}
