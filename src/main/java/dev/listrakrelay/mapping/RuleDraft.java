package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.Optional;

/**
 * A rule as written in its file, before the defaults for all rules are added.
 *
 * @param drop why its events are dropped; empty: they are sent
 * @param consent the rule's own condition for consent; empty: not set
 * @param isWithoutConsent whether the rule needs no consent, whatever the file says
 * @param expiresAfter how old an event may be when it is sent; empty: any age
 * @param unknownOutcome what to do if the outcome of its request is unknown; empty: not set
 */
record RuleDraft(
        String location,
        EventMatcher when,
        Optional<String> drop,
        String eventName,
        CustomEvent customEvent,
        Optional<EventPath> split,
        Fields fields,
        Optional<Condition> consent,
        boolean isWithoutConsent,
        Optional<Duration> expiresAfter,
        Optional<UnknownOutcome> unknownOutcome) {

    Rule complete(
            Contact contact,
            Optional<Condition> defaultConsent,
            Fields defaultFields,
            UnknownOutcome defaultUnknownOutcome) {
        Optional<Condition> condition = isWithoutConsent ? Optional.empty() : consent.or(() -> defaultConsent);
        Rule.Action action = drop.<Rule.Action>map(Rule.Drop::new)
                .orElseGet(() -> new Rule.Send(
                        TextNode.valueOf(eventName),
                        customEvent,
                        split,
                        fields.overriding(defaultFields),
                        contact,
                        unknownOutcome.orElse(defaultUnknownOutcome)));
        return new Rule(location, when, action, condition, expiresAfter);
    }
}
