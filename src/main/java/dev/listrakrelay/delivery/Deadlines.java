package dev.listrakrelay.delivery;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
 * Ends requests at a total deadline, and names what went wrong with them.
 *
 * <p>The HTTP client's own time-outs are per read, and a slow drip passes those. So the answer is read whole in here, up
 * to 1 MB, and its last byte falls under the deadline too.
 */
@ApplicationScoped
public class Deadlines {

    private static final int MOST_ANSWER_BYTES = 1_000_000;

    private final ScheduledThreadPoolExecutor timer;

    Deadlines() {
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "deadlines");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * A step of an HTTP client that fails with a {@link DeliveryFailure} where there is no whole answer.
     *
     * @param setting the property that sets the deadline
     */
    public ExecChainHandler within(Duration deadline, String setting) {
        return (request, scope, chain) -> proceed(request, scope, chain, deadline, setting);
    }

    private ClassicHttpResponse proceed(
            ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain, Duration deadline, String setting) {
        ScheduledFuture<?> end =
                timer.schedule(scope.execRuntime::discardEndpoint, deadline.toMillis(), TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            HttpEntity entity = response.getEntity();
            if (entity != null) {
                byte[] answer = EntityUtils.toByteArray(entity, MOST_ANSWER_BYTES);
                response.setEntity(new ByteArrayEntity(answer, ContentType.parseLenient(entity.getContentType())));
            }
            return response;
        } catch (IOException | HttpException | RuntimeException e) {
            throw end.isDone()
                    ? new DeliveryFailure.Ambiguous(setting + ": no whole answer within " + deadline.toMillis() + " ms")
                    : ConnectionFailure.named(scope.route.getTargetHost(), e);
        } finally {
            end.cancel(false);
        }
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }
}
