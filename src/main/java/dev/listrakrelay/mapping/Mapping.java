package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import java.util.List;
import java.util.Optional;

/**
 * Decides which events go to Listrak and what they become. Immutable; one serves all threads.
 *
 * <p>The two steps are separate so that a route can show them: {@link #match} filters without reading the payload,
 * {@link #transform} builds what is sent.
 */
public final class Mapping {
    private final List<Rule> rules;
    private final RuleTable table;
    private final Transform transform;
    private final List<List<String>> contactMembers;

    Mapping(ContactEmail email, List<Rule> rules) {
        this.rules = List.copyOf(rules);
        this.table = new RuleTable(rules);
        this.transform = new Transform(email);
        this.contactMembers = email.members();
    }

    /**
     * Where an address can stand, each a list of member names from the event's root, in the file's order. Paths that are
     * queries are left out.
     */
    public List<List<String>> contactMembers() {
        return contactMembers;
    }

    /** The rules in the file's order. */
    public List<Rule> rules() {
        return rules;
    }

    /** The first rule for this type and name, the name compared without case and outer space. */
    public Optional<Rule> ruleFor(String type, String name) {
        return table.first(type, name);
    }

    /** The filter: the first rule that takes this event; empty means it is dropped as {@link Dropped#NO_RULE}. */
    public Optional<Rule> match(Event event) {
        return ruleFor(event.type(), event.name());
    }

    /**
     * The transformation: what Listrak gets by this rule, or {@link Dropped#NO_EMAIL}.
     *
     * @throws MappingFailed if the payload is no JSON object
     */
    public Mapped transform(Event event, Rule rule) {
        return transform.apply(event, rule);
    }

    /** Both steps at once. */
    public Mapped map(Event event) {
        return match(event).map(rule -> transform(event, rule)).orElseGet(() -> new Dropped(Dropped.NO_RULE));
    }
}
