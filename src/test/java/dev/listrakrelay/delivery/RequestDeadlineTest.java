package dev.listrakrelay.delivery;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Guarantees, Outcomes: a request that exceeds its deadline is ambiguous, whatever exception the HTTP client throws.
 */
class RequestDeadlineTest {

    private static final Duration BOUND = Duration.ofSeconds(20);

    private final AtomicReference<RuntimeException> seen = new AtomicReference<>();
    private final RequestDeadline deadlines = new RequestDeadline();
    private ServerSocket silent;

    @BeforeEach
    void listen() throws IOException {
        silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        deadlines.stop();
        silent.close();
    }

    @Test
    void aDeadlineThatPassesBetweenTwoStepsOfTheClientIsAmbiguous() throws IOException {
        // given a client that continues only after the deadline has closed its connection
        ExecChainHandler afterTheDeadline = (request, scope, chain) -> {
            await().atMost(BOUND).until(() -> !scope.execRuntime.isEndpointAcquired());
            return proceed(() -> chain.proceed(request, scope));
        };

        // when
        Exception failure = send(
                Duration.ofSeconds(1),
                builder -> builder.addExecInterceptorAfter(
                        ChainElement.CONNECT.name(), "after the deadline", afterTheDeadline));

        // then
        assertThat("the client's own", seen.get(), instanceOf(IllegalStateException.class));
        assertThat(failure, instanceOf(DeliveryFailure.Ambiguous.class));
        assertThat(failure.getMessage(), containsString("listrak.deadline"));
    }

    @Test
    void aFailureOfTheClientItselfIsAmbiguousToo() throws IOException {
        // given
        ExecChainHandler broken = (request, scope, chain) -> {
            throw new IllegalStateException("broken");
        };

        // when
        Exception failure = send(BOUND, builder -> builder.addExecInterceptorLast("broken", broken));

        // then
        assertThat(failure, instanceOf(DeliveryFailure.Ambiguous.class));
        assertThat(failure.getMessage(), containsString("IllegalStateException"));
    }

    private Exception send(Duration deadline, java.util.function.Consumer<HttpClientBuilder> change)
            throws IOException {
        HttpClientBuilder builder = HttpClientBuilder.create().disableAutomaticRetries();
        builder.addExecInterceptorFirst("deadline", deadlines.within(deadline, "listrak.deadline"));
        change.accept(builder);
        try (CloseableHttpClient client = builder.build()) {
            HttpPost post = new HttpPost("http://localhost:" + silent.getLocalPort());
            return assertThrows(Exception.class, () -> client.execute(post, answer -> answer.getCode()));
        }
    }

    private <T> T proceed(Step<T> step) throws IOException, org.apache.hc.core5.http.HttpException {
        try {
            return step.take();
        } catch (RuntimeException e) {
            seen.set(e);
            throw e;
        }
    }

    private interface Step<T> {
        T take() throws IOException, org.apache.hc.core5.http.HttpException;
    }
}
