package dev.listrakrelay.listrak;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a custom event's field since the start.
 *
 * @param type its type in the schema
 * @param state filled, never filled, or another type
 * @param lastFilled the time when a value of its type was last sent; empty if none was
 */
public record ContractField(String name, String type, String state, Optional<Instant> lastFilled) {

    static ContractField of(String name, String type, FieldUse use) {
        Optional<Instant> filled = use.filled(name).map(FieldUse.Sent::last);
        Optional<Instant> other = use.ofAnotherType(name).map(FieldUse.Sent::last);
        boolean isOther = other.isPresent() && (filled.isEmpty() || other.get().isAfter(filled.get()));
        return new ContractField(
                name, type, isOther ? "another type" : filled.isPresent() ? "filled" : "never filled", filled);
    }
}
