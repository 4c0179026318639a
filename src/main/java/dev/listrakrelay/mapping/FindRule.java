package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Finds the rule that sends an event. Parses the payload only if a rule needs it.
 *
 * <p>In: an {@link Event}; if the exchange property {@code account} is set, only that account's rules count. Out: the
 * event's JSON; {@link DroppedEvent} if no rule sends it, if it is too old for those that would, or if its contact has sent too
 * many; {@link OtherAccount} if only rules of other accounts send it; or dead if a queue's message could not be read as an
 * event. The {@link MatchedEvent} has the event and its rules. For the route, the exchange property {@code rule} is set if a rule
 * sends the event, and {@code parts} if more than one Listrak event can result.
 */
@ApplicationScoped
@Named("findRule")
public class FindRule implements Processor {

    private static final String ACCOUNT = "account";
    private static final String RULE = "rule";
    private static final String PARTS = "parts";

    private final CurrentMapping mapping;
    private final FloodGuard floods;
    private final Clock clock;

    FindRule(CurrentMapping mapping, FloodGuard floods, Clock clock) {
        this.mapping = mapping;
        this.floods = floods;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        MatchedEvent event = MatchedEvent.attach(message.getBody(Event.class), exchange);
        message.setBody(outcome(event, exchange.getProperty(ACCOUNT, String.class)));
        if (event.hasRule()) {
            exchange.setProperty(RULE, event.rules().get(0));
        }
        if (event.isSplit()) {
            exchange.setProperty(PARTS, event.rules());
        }
    }

    /** @param account the account whose rules count; null: all rules count */
    private Object outcome(MatchedEvent event, String account) {
        Settlement.Dead unreadable = Unmappable.unreadable(event.event());
        if (unreadable != null) {
            return unreadable;
        }
        EventJson json = new EventJson(event.event());
        MatchedRules all = mapping.get().match(json);
        if (all.dropped().isPresent()) {
            return all.dropped().get();
        }
        MatchedRules own = account == null ? all : all.of(account);
        if (own.rules().isEmpty()) {
            return new OtherAccount(all.accounts());
        }
        MatchedRules fresh = own.fresh(json, clock.instant());
        if (fresh.dropped().isPresent()) {
            return fresh.dropped().get();
        }
        if (floods.isFlood(account, event.event())) {
            return new DroppedEvent(DroppedEvent.FLOOD);
        }
        event.sentBy(fresh);
        return json;
    }
}
