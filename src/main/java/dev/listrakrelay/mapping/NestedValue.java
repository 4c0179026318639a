package dev.listrakrelay.mapping;

/** What becomes of an object or a list among the fields: a data field of Listrak's can't nest. */
public enum NestedValue {
    /** A string that holds its JSON. */
    JSON,
    /** An object becomes a field for each of its members, {@code address_city}; a list becomes JSON. */
    FLATTEN,
    /** It is left out. */
    DROP
}
