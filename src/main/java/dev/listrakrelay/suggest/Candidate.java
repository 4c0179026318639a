package dev.listrakrelay.suggest;

/** Counts the events in which a property could fill a field that the mapping leaves empty. */
final class Candidate {

    private final Property property;
    private final ValueCount values;

    Candidate(Property first, ValueCount values) {
        this.property = first;
        this.values = values;
    }

    /** The property as the first of these events has it. */
    Property property() {
        return property;
    }

    ValueCount values() {
        return values;
    }
}
