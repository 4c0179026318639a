package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.Optional;

/**
 * A rule as written in its file, before the defaults for all rules are added.
 *
 * @param drop why its events are dropped; empty: they are sent
 * @param consent what an event must hold for this rule, where it says that itself
 * @param asksNoConsent whether it says that nothing is needed
 * @param expiresAfter how old an event may be when it is sent; empty: any age
 */
record RuleDraft(
        String place,
        EventMatcher when,
        Optional<String> drop,
        String eventName,
        CustomEvent customEvent,
        Optional<EventPath> split,
        Fields fields,
        Optional<Condition> consent,
        boolean asksNoConsent,
        Optional<Duration> expiresAfter) {

    Rule finish(Contact contact, Optional<Condition> consentOfAll, Fields fieldsOfAll) {
        Optional<Condition> needed = asksNoConsent ? Optional.empty() : consent.or(() -> consentOfAll);
        Rule.Action action = drop.<Rule.Action>map(Rule.Drop::new)
                .orElseGet(() -> new Rule.Send(
                        TextNode.valueOf(eventName), customEvent, split, fields.over(fieldsOfAll), contact));
        return new Rule(place, when, action, needed, expiresAfter);
    }
}
