package dev.listrakrelay.routes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;

import dev.listrakrelay.queue.ReadMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.ObjectMessage;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/**
 * A JMS message with a Java object is refused without deserializing the object. Runs the original route file with
 * Camel's own JMS component.
 */
class AmqpObjectMessageTest {

    private static final String FILE = "12-source-amqp.camel.yaml";

    private boolean isObjectMade;

    @Test
    void noObjectIsMadeOfAMessageThatHoldsOne() throws Exception {
        // given
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("traceIntake", (Processor) exchange -> {});
            camel.getRegistry().bind("readMessage", (Processor) exchange -> {});
            camel.getRegistry().bind("amqpSource", fake(ConnectionFactory.class, call -> {}));
            camel.getPropertiesComponent().setLocation("file:application.properties");
            String yaml = Files.readString(Path.of("routes", FILE));
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(FILE, yaml));
            camel.start();
            JmsEndpoint endpoint = (JmsEndpoint) camel.getRoute("source-amqp").getEndpoint();
            ObjectMessage message = fake(ObjectMessage.class, this::note);

            // when
            Exchange exchange = endpoint.createExchange(message, null);
            Object body = exchange.getMessage().getBody();

            // then
            assertThat(isObjectMade, is(false));
            assertThat(body, sameInstance(message));
            new ReadMessage().process(exchange);
            assertThat(exchange.getMessage().getBody().toString(), containsString("expected text or bytes"));
            assertThat(isObjectMade, is(false));
        }
    }

    private void note(String call) {
        isObjectMade |= call.equals("getObject");
    }

    /** An object of this type whose methods return null and report their names. */
    private static <T> T fake(Class<T> type, Consumer<String> calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            calls.accept(method.getName());
            return nothing(method);
        }));
    }

    private static Object nothing(Method method) {
        Class<?> type = method.getReturnType();
        if (type == boolean.class) {
            return false;
        }
        if (type == Enumeration.class) {
            return Collections.emptyEnumeration();
        }
        return type == int.class ? (Object) 0 : type == long.class ? (Object) 0L : null;
    }
}
