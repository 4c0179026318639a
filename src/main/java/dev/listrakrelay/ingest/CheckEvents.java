package dev.listrakrelay.ingest;

import dev.listrakrelay.mapping.CurrentMapping;
import dev.listrakrelay.mapping.Mapping;
import dev.listrakrelay.spool.IdentityConfig;
import dev.listrakrelay.spool.StandInIds;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Checks the events of one request, and lists the valid ones to store.
 *
 * <p>In: UTF-8 JSON; the header {@code source} names the source. The header {@code call} is optional: track, …, batch
 * or events. The header {@code isLive} is true if the sender posts each event at once: then {@code sentAt} shows how
 * wrong its clock is. Out: the valid events; the {@link Intake} has the rejected ones with their reasons.
 *
 * <p>The body can also be a {@link MessageBatch}. Each of its messages is read like a request of its own, and it does
 * not fail if no event is valid.
 */
@ApplicationScoped
@Named("checkEvents")
public class CheckEvents implements Processor {

    private final Clock clock;
    private final MeterRegistry meters;
    private final CurrentMapping mapping;
    private final StandInIds standIns;
    private final EventArrivals arrivals;
    private final Map<String, SourceCounters> countersOf = new ConcurrentHashMap<>();
    private volatile CachedReader cachedReader;

    /** The counters of a source, kept because a look-up in the registry takes long. */
    private record SourceCounters(Counter rejected, Counter unreadableTimes) {}

    /** The reader for a mapping, which knows the mapping's e-mail paths. */
    private record CachedReader(Mapping mapping, RequestReader reader) {}

    CheckEvents(
            CurrentMapping mapping,
            IdentityConfig identity,
            EventArrivals arrivals,
            Clock clock,
            MeterRegistry meters) {
        this.arrivals = arrivals;
        this.standIns = StandInIds.of(identity);
        this.clock = clock;
        this.meters = meters;
        this.mapping = mapping;
    }

    /** @throws UnreadableRequest if the request holds no valid event */
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String source = message.getHeader("source", "unknown", String.class);
        Intake intake = Intake.of(exchange);
        boolean isRequest = !(message.getBody() instanceof MessageBatch);
        IntakeResult result = isRequest
                ? read(message, source, intake.reasons())
                : new MessageBatchReader(reader(), source, clock.instant()).read(message.getBody(MessageBatch.class));
        intake.with(result).attachTo(exchange);
        message.setBody(result.events());
        arrivals.note(result.events());
        if (isRequest && result.events().isEmpty()) {
            throw result.rejected().isEmpty() ? UnreadableRequest.noEvents() : UnreadableRequest.nothingValid();
        }
    }

    private IntakeResult read(Message message, String source, Map<Integer, String> reasons) {
        SourceCounters counters = countersOf.computeIfAbsent(source, this::counters);
        try {
            String call = TrackingCalls.name(message.getHeader("call", TrackingCalls.EVENTS, String.class));
            boolean isLive = message.getHeader("isLive", false, Boolean.class);
            IntakeResult result = reader().read(
                            message.getBody(byte[].class), call, new RequestSource(source, isLive, clock.instant()));
            result.rejected().replaceAll(rejection -> rejection.withReason(reasons.get(rejection.index())));
            counters.rejected().increment(result.rejected().size());
            counters.unreadableTimes().increment(result.unreadableTimes().size());
            return result;
        } catch (UnreadableRequest e) {
            counters.rejected().increment();
            throw e;
        }
    }

    private SourceCounters counters(String source) {
        return new SourceCounters(
                meters.counter("listrak.relay.rejected", "source", source),
                meters.counter("listrak.relay.unreadable.times", "source", source));
    }

    /** Returns the reader for the active mapping. */
    private RequestReader reader() {
        Mapping active = mapping.get();
        CachedReader cached = cachedReader;
        if (cached == null || cached.mapping() != active) {
            cached = new CachedReader(active, new RequestReader(active.contactMembers(), standIns));
            cachedReader = cached;
        }
        return cached.reader();
    }
}
