package dev.listrakrelay.listrak;

import java.time.Instant;
import java.util.Optional;

/**
 * How a field of a custom event fares.
 *
 * @param type as its schema says
 * @param state filled, never filled, or another type
 * @param lastFilled when a value of its type was sent last; empty if that was not since the start
 */
public record ContractField(String name, String type, String state, Optional<Instant> lastFilled) {

    static ContractField of(String name, String type, FieldUse use) {
        Optional<Instant> filled = use.filled(name).map(FieldUse.Seen::last);
        Optional<Instant> other = use.ofAnotherType(name).map(FieldUse.Seen::last);
        boolean isOther = other.isPresent() && (filled.isEmpty() || other.get().isAfter(filled.get()));
        return new ContractField(
                name, type, isOther ? "another type" : filled.isPresent() ? "filled" : "never filled", filled);
    }
}
