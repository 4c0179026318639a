package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.HoldCondition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Wants the events that the active mapping would send, or send more of, if their e-mail were known. An event that no rule
 * matches is not worth holding; an event that has a phone number may need no e-mail. Steps of your own don't count.
 */
@ApplicationScoped
public class MappingHoldCondition implements HoldCondition {

    private static final String ANY_EMAIL = "anyone@example.com";

    private final CurrentMapping mapping;

    MappingHoldCondition(CurrentMapping mapping) {
        this.mapping = mapping;
    }

    @Override
    public boolean wants(Event event) {
        Mapping active = mapping.get();
        try {
            List<MappingResult> without = active.map(event);
            boolean isWhole = without.stream().noneMatch(DroppedEvent.class::isInstance);
            return !isWhole && sent(active.map(event.withLearnedEmail(ANY_EMAIL))) > sent(without);
        } catch (MappingFailed deadLetter) {
            return false;
        }
    }

    private static long sent(List<MappingResult> results) {
        return results.stream().filter(ListrakEvent.class::isInstance).count();
    }
}
