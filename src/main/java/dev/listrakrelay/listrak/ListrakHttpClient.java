package dev.listrakrelay.listrak;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * Ends a request at a total deadline, and names what went wrong with it.
 *
 * <p>The client's own time-outs are per read, and a slow drip passes those. So the answer is read whole in here, up to
 * 1 MB, and its last byte falls under the deadline too.
 */
@ApplicationScoped
@Named("listrakHttpClient")
public class ListrakHttpClient implements HttpClientConfigurer {

    private static final int MOST_ANSWER_BYTES = 1_000_000;

    private final Duration deadline;
    private final ScheduledThreadPoolExecutor timer;

    @Inject
    ListrakHttpClient(ListrakConfig config) {
        this(config.deadline());
    }

    ListrakHttpClient(Duration deadline) {
        this.deadline = deadline;
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "listrak-deadline");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.disableRedirectHandling();
        client.addExecInterceptorFirst("deadline", (ExecChainHandler) this::withinDeadline);
    }

    private ClassicHttpResponse withinDeadline(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) {
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
                    ? new ListrakFailure.Ambiguous(
                            "listrak.deadline: no whole answer within " + deadline.toMillis() + " ms")
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
