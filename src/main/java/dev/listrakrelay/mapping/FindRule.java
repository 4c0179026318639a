package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Finds the rule that sends an event. Parses the payload only if a rule needs it.
 *
 * <p>In: an {@link Event}; if the exchange property {@code account} is set, only that account's rules count. Out: the
 * event's JSON; {@link DroppedEvent} if no rule sends it, if it is too old for those that would, or if its contact has sent too
 * many; {@link OtherAccount} if only rules of other accounts send it; or dead if a queue's message could not be read as an event. The exchange property {@code event} has the event, {@code
 * rule} has its rule. {@code parts} is set if more than one Listrak event can result.
 */
@ApplicationScoped
@Named("findRule")
public class FindRule implements Processor {

    public static final String EVENT = "event";
    public static final String RULE = "rule";
    /** The account whose rules count; if unset, all rules count. */
    public static final String ACCOUNT = "account";

    static final String PARTS = "parts";

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
        Event event = exchange.getMessage().getBody(Event.class);
        EventJson json = new EventJson(event);
        exchange.setProperty(EVENT, event);
        Settlement.Dead unreadable = Unmappable.unreadable(event);
        if (unreadable != null) {
            exchange.getMessage().setBody(unreadable);
            return;
        }
        MatchedRules match = mapping.get().match(json);
        if (match.dropped().isPresent()) {
            exchange.getMessage().setBody(match.dropped().get());
            return;
        }
        MatchedRules own = ofAccount(match, exchange);
        if (own.rules().isEmpty()) {
            exchange.getMessage().setBody(new OtherAccount(match.accounts()));
            return;
        }
        MatchedRules fresh = own.fresh(json, clock.instant());
        if (fresh.dropped().isPresent()) {
            exchange.getMessage().setBody(fresh.dropped().get());
            return;
        }
        if (floods.isFlood(exchange.getProperty(ACCOUNT, String.class), event)) {
            exchange.getMessage().setBody(new DroppedEvent(DroppedEvent.FLOOD));
            return;
        }
        exchange.getMessage().setBody(json);
        exchange.setProperty(RULE, fresh.rules().get(0));
        if (fresh.isSplit()) {
            exchange.setProperty(PARTS, fresh);
        }
    }

    private static MatchedRules ofAccount(MatchedRules match, Exchange exchange) {
        String account = exchange.getProperty(ACCOUNT, String.class);
        return account == null ? match : match.of(account);
    }
}
