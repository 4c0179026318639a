package dev.listrakrelay.mapping;

/** How an object or list is sent, because Listrak's data fields can't nest. */
public enum NestedValue {
    /** As a string with its JSON. */
    JSON,
    /** An object becomes one field for each of its fields, such as {@code address_city}; a list becomes JSON. */
    FLATTEN,
    /** Not at all. */
    DROP
}
