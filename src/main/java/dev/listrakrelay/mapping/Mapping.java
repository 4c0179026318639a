package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides which events are sent to Listrak, and converts them. Immutable and thread-safe.
 *
 * <p>The steps are separate so that a route can show them: {@link #match} filters, {@link EventPart#of} splits, {@link
 * Rule#transform} builds what is sent.
 */
public final class Mapping {
    private final List<Rule> rules;
    private final int maxRules;
    private final RuleTable table;
    private final Contact contact;

    /** @param matchesAll whether all matching rules send an event; false: only the first */
    Mapping(Contact contact, List<Rule> rules, boolean matchesAll) {
        this.rules = List.copyOf(rules);
        this.maxRules = matchesAll ? Integer.MAX_VALUE : 1;
        this.table = new RuleTable(rules);
        this.contact = contact;
    }

    /** The likely mistakes in the file, such as a rule that no event reaches; each with its location. */
    public List<String> warnings() {
        return MappingWarnings.of(rules, maxRules > 1);
    }

    /**
     * The e-mail paths, each a list of field names from the event's root, in the file's order. Queries are left out.
     */
    public List<List<String>> contactMembers() {
        return contact.emailMembers();
    }

    /** The rules in the file's order, then those of its preset. */
    public List<Rule> rules() {
        return rules;
    }

    /** Finds the rules that send an event, whatever its age, or the reason why it is dropped. */
    public MatchedRules match(Event event) {
        return match(new EventJson(event));
    }

    /** Finds the rules that send an event at a time, or the reason why it is dropped. */
    public MatchedRules match(Event event, Instant now) {
        EventJson json = new EventJson(event);
        return match(json).fresh(json, now);
    }

    MatchedRules match(EventJson event) {
        List<Rule> found = table.find(event, maxRules);
        if (found.isEmpty()) {
            return MatchedRules.dropped(new DroppedEvent(DroppedEvent.NO_RULE));
        }
        List<Rule> sending = new ArrayList<>(found.size());
        for (Rule rule : found) {
            if (rule.action() instanceof Rule.Drop drop) {
                return MatchedRules.dropped(new DroppedEvent(drop.reason()));
            }
            if (rule.hasConsent(event)) {
                sending.add(rule);
            }
        }
        return sending.isEmpty()
                ? MatchedRules.dropped(new DroppedEvent(DroppedEvent.NO_CONSENT))
                : new MatchedRules(sending, Optional.empty());
    }

    /**
     * Explains for each rule whether it matches an event at its receipt, in the file's order.
     *
     * @throws MappingFailed if a rule needs the payload, and it is not a JSON object
     */
    public List<MatchResult> matchResults(Event event) {
        EventJson json = new EventJson(event);
        List<MatchResult> matchResults = new ArrayList<>();
        int matched = 0;
        for (Rule rule : rules) {
            String mismatch = rule.when().mismatch(json).orElse(null);
            if (mismatch == null && matched++ < maxRules) {
                matchResults.add(new MatchResult(rule, rule.outcome(json, event.receivedAt())));
            } else {
                matchResults.add(
                        new MatchResult(rule, mismatch == null ? "not reached, an earlier rule matches" : mismatch));
            }
        }
        return matchResults;
    }

    /**
     * Runs all steps for an event as of its receipt. Returns at least one result.
     *
     * @throws MappingFailed if the payload is not a JSON object
     */
    public List<MappingResult> map(Event event) {
        return map(event, FieldCheck.NONE);
    }

    /** Runs all steps for an event as of its receipt; {@code check} can change its fields. */
    public List<MappingResult> map(Event event, FieldCheck check) {
        EventJson json = new EventJson(event);
        MatchedRules match = match(json).fresh(json, event.receivedAt());
        if (match.dropped().isPresent()) {
            return List.of(match.dropped().get());
        }
        List<MappingResult> mapped = EventPart.of(event, match.rules(), json.tree()).stream()
                .map(part -> part.transform(check))
                .toList();
        return mapped.isEmpty() ? List.of(new DroppedEvent(DroppedEvent.NO_ITEMS)) : mapped;
    }

    /**
     * Returns the parts of an event that would be sent as of its receipt, unless their contact is unknown; empty if no rule
     * sends it.
     *
     * @throws MappingFailed if the payload is not a JSON object, or has too many items
     */
    public List<EventPart> parts(Event event) {
        EventJson json = new EventJson(event);
        MatchedRules match = match(json).fresh(json, event.receivedAt());
        return match.dropped().isPresent() ? List.of() : EventPart.of(event, match.rules(), json.tree());
    }
}
