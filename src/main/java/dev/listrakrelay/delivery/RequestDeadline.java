package dev.listrakrelay.delivery;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * Ends each request at a total deadline, and turns each error into a {@link DeliveryFailure}.
 *
 * <p>The HTTP client's own time-outs apply to each read, so an answer that arrives byte by byte never reaches them. This
 * class therefore reads the complete answer, up to 1 MB, and the deadline covers its last byte.
 */
@ApplicationScoped
public class RequestDeadline {

    private static final int MOST_ANSWER_BYTES = 1_000_000;

    private final ScheduledThreadPoolExecutor timer;

    RequestDeadline() {
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "deadlines");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Returns a step for an HTTP client. The step fails with a {@link DeliveryFailure} if no complete answer arrives in time.
     *
     * @param setting the property that sets the deadline
     */
    public ExecChainHandler within(Duration deadline, String setting) {
        return (request, scope, chain) -> proceed(request, scope, chain, deadline, setting);
    }

    private ClassicHttpResponse proceed(
            ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain, Duration deadline, String setting) {
        AtomicBoolean isOver = new AtomicBoolean();
        ScheduledFuture<?> end = timer.schedule(
                () -> {
                    isOver.set(true);
                    scope.execRuntime.discardEndpoint();
                },
                deadline.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            HttpEntity entity = response.getEntity();
            if (entity != null) {
                byte[] answer = EntityUtils.toByteArray(entity, MOST_ANSWER_BYTES);
                response.setEntity(new ByteArrayEntity(answer, ContentType.parseLenient(entity.getContentType())));
            }
            return response;
        } catch (IOException | HttpException | RuntimeException e) {
            throw isOver.get()
                    ? new DeliveryFailure.Ambiguous(
                            setting + ": no complete answer within " + deadline.toMillis() + " ms",
                            ConnectionFailure.TIME_OUT)
                    : ConnectionFailure.classify(scope.route.getTargetHost(), e);
        } finally {
            end.cancel(false);
        }
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }
}
