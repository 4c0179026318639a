package dev.listrakrelay.listrak;

import dev.listrakrelay.mapping.CurrentMapping;
import dev.listrakrelay.mapping.MappingFailed;
import dev.listrakrelay.mapping.MatchedRules;
import dev.listrakrelay.mapping.Unmappable;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.camel.SpoolExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * Sorts the events of a batch by account: the accounts of the rules that match. Without such a rule, an event is dropped with
 * a reason.
 *
 * <p>In: a batch. Out: {@link SortedEvents}, for each account a message with the list of its events, in order, and the header
 * {@code accountSpool}. {@link SettleForwarded} settles the events after the accounts' spools have stored them.
 */
@ApplicationScoped
@Named("sortByAccount")
public class SortByAccount implements Processor {

    private static final String SPOOL = "accountSpool";

    private final CurrentMapping mapping;
    private final ForwardToAccounts forward;
    private final Clock clock;

    SortByAccount(CurrentMapping mapping, ForwardToAccounts forward, Clock clock) {
        this.mapping = mapping;
        this.forward = forward;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Map<Event, Settlement> settlements = new LinkedHashMap<>();
        Map<String, List<Event>> bySpool = new TreeMap<>();
        for (Event event : SpoolExchange.batch(exchange)) {
            settlements.put(event, sort(event, bySpool));
        }
        List<Message> messages = new ArrayList<>();
        bySpool.forEach((spool, events) -> messages.add(message(exchange, spool, events)));
        exchange.getMessage().setBody(new SortedEvents(messages, settlements));
    }

    private Settlement sort(Event event, Map<String, List<Event>> bySpool) {
        Settlement.Dead unreadable = Unmappable.unreadable(event);
        if (unreadable != null) {
            return unreadable;
        }
        try {
            MatchedRules match = mapping.get().match(event, clock.instant());
            if (match.dropped().isPresent()) {
                return new Settlement.Dropped(match.dropped().get().reason());
            }
            for (String account : match.accounts()) {
                bySpool.computeIfAbsent(forward.spool(account), spool -> new ArrayList<>())
                        .add(event);
            }
            return forward.settlement(match.accounts());
        } catch (MappingFailed e) {
            return Unmappable.failed(e);
        }
    }

    private static Message message(Exchange exchange, String spool, List<Event> events) {
        Message message = new DefaultMessage(exchange);
        message.setBody(events);
        message.setHeader(SPOOL, spool);
        return message;
    }
}
