package dev.listrakrelay.ingest;

import dev.listrakrelay.mapping.CurrentMapping;
import dev.listrakrelay.mapping.Mapping;
import dev.listrakrelay.spool.IdentityConfig;
import dev.listrakrelay.spool.StandInIds;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Checks the events of one request, and lists the valid ones to store.
 *
 * <p>In: UTF-8 JSON; the header {@code source} names the source. The header {@code call} is optional: track, …, batch
 * or events. The header {@code isLive} is true if the sender posts each event at once: then {@code sentAt} shows how
 * wrong its clock is. Out: the valid events; the exchange property {@link #INTAKE} has the rejected ones with their
 * reasons.
 *
 * <p>The body can also be a {@link MessageBatch}. Each of its messages is read like a request of its own, and it does
 * not fail if no event is valid.
 */
@ApplicationScoped
@Named("checkEvents")
public class CheckEvents implements Processor {

    public static final String INTAKE = "intake";

    /** The exchange property with the events that their source rejects: index of an event → reason. Optional. */
    static final String REASONS = "reasons";

    private final Clock clock;
    private final MeterRegistry meters;
    private final CurrentMapping mapping;
    private final StandInIds standIns;
    private final EventArrivals arrivals;
    private volatile CachedReader cachedReader;

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
        if (message.getBody() instanceof MessageBatch messages) {
            IntakeResult intake = new MessageBatchReader(reader(), source, clock.instant()).read(messages);
            exchange.setProperty(INTAKE, intake);
            message.setBody(intake.events());
            arrivals.note(intake.events());
            return;
        }
        IntakeResult intake = read(message, source);
        Map<?, ?> reasons = exchange.getProperty(REASONS, Map.of(), Map.class);
        intake.rejected().replaceAll(rejection -> rejection.withReason(reasons.get(rejection.index())));
        meters.counter("listrak.relay.rejected", "source", source)
                .increment(intake.rejected().size());
        meters.counter("listrak.relay.unreadable.times", "source", source)
                .increment(intake.unreadableTimes().size());
        exchange.setProperty(INTAKE, intake);
        message.setBody(intake.events());
        arrivals.note(intake.events());
        if (intake.events().isEmpty()) {
            throw intake.rejected().isEmpty() ? UnreadableRequest.noEvents() : UnreadableRequest.nothingValid();
        }
    }

    private IntakeResult read(Message message, String source) {
        try {
            String call = TrackingCalls.name(message.getHeader("call", TrackingCalls.EVENTS, String.class));
            boolean isLive = message.getHeader("isLive", false, Boolean.class);
            return reader().read(
                            message.getBody(byte[].class), call, new RequestSource(source, isLive, clock.instant()));
        } catch (UnreadableRequest e) {
            meters.counter("listrak.relay.rejected", "source", source).increment();
            throw e;
        }
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
