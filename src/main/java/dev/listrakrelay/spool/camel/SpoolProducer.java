package dev.listrakrelay.spool.camel;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.EventLog;
import dev.listrakrelay.spool.SpoolTimes;
import dev.listrakrelay.tracing.IntakeTrace;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Stores the events of the body. The route continues when they are on disk.
 *
 * <p>The body is a list of events, or a batch of another spool. It stays as it is. The exchange fails with {@code
 * SpoolUnavailable} if the events can't be stored.
 */
class SpoolProducer extends DefaultAsyncProducer {

    private final EventLog spool;
    private final SpoolTimes times;
    private ExecutorService answers;

    SpoolProducer(Endpoint endpoint, EventLog spool, SpoolTimes times) {
        super(endpoint);
        this.spool = spool;
        this.times = times;
    }

    /** Starts threads that continue the routes of other threads than an event loop. */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
        answers = getEndpoint().getCamelContext().getExecutorServiceManager().newFixedThreadPool(this, "spooled", 2);
    }

    @Override
    protected void doStop() throws Exception {
        getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(answers);
        super.doStop();
    }

    @Override
    @SuppressWarnings("unchecked")
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Object body = exchange.getMessage().getBody();
        List<Event> events = body instanceof Batch batch ? batch.unsettledEvents() : (List<Event>) body;
        IntakeTrace trace = IntakeTrace.of(exchange);
        long started = System.nanoTime();
        spool.append(trace == null ? events : trace.on(events))
                .whenCompleteAsync(
                        (stored, failure) -> {
                            if (failure == null) {
                                times.appended(System.nanoTime() - started);
                            } else {
                                exchange.setException(
                                        failure instanceof CompletionException ? failure.getCause() : failure);
                            }
                            if (trace == null) {
                                callback.done(false);
                            } else {
                                trace.stored(failure == null ? stored : 0, () -> callback.done(false));
                            }
                        },
                        continuation());
        return false;
    }

    /** Where the route continues: on the event loop that it comes from, or else not on the spool's one writing thread. */
    private Executor continuation() {
        if (!Context.isOnEventLoopThread()) {
            return answers;
        }
        Context loop = Vertx.currentContext();
        return rest -> loop.runOnContext(now -> rest.run());
    }
}
