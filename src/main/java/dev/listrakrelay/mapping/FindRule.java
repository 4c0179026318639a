package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Looks up which rule of the mapping sends an event; its payload is read only where a rule asks for it.
 *
 * <p>In: an {@link Event}; the exchange property {@code account}, whose rules alone count. Out: its JSON, {@link Dropped}
 * where no rule sends it, {@link OtherAccount} where others' do, or dead where a queue's message could not be read as one; the
 * exchange properties {@code event}, {@code rule}, which is missing where none sends it, and {@code parts}, which is there
 * where more than one Listrak event may come of it.
 */
@ApplicationScoped
@Named("findRule")
public class FindRule implements Processor {

    public static final String EVENT = "event";
    public static final String RULE = "rule";
    /** The account whose events are mapped; where it is missing, every rule counts. */
    public static final String ACCOUNT = "account";

    static final String PARTS = "parts";

    private final CurrentMapping mapping;

    FindRule(CurrentMapping mapping) {
        this.mapping = mapping;
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
        exchange.getMessage().setBody(json);
        exchange.setProperty(RULE, own.rules().get(0));
        if (own.isSplit()) {
            exchange.setProperty(PARTS, own);
        }
    }

    private static MatchedRules ofAccount(MatchedRules match, Exchange exchange) {
        String account = exchange.getProperty(ACCOUNT, String.class);
        return account == null ? match : match.of(account);
    }
}
