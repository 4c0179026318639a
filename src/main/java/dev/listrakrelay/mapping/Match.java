package dev.listrakrelay.mapping;

import java.util.List;
import java.util.Optional;

/**
 * Which rules an event is sent by.
 *
 * @param rules none if it is dropped
 * @param dropped why it is dropped, if it is
 */
public record Match(List<Rule> rules, Optional<Dropped> dropped) {

    static Match dropped(Dropped reason) {
        return new Match(List.of(), Optional.of(reason));
    }

    /** Whether more than one Listrak event may come of it. */
    boolean isSplit() {
        return rules.size() > 1 || rules.size() == 1 && rules.get(0).isSplit();
    }
}
