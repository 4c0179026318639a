package dev.listrakrelay.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;

/** Finds the problems of one or several kinds, in states that the relay has anyway. */
interface ProblemSource {

    /** Returns what is wrong now. */
    Stream<Problem> problems();

    /** Takes over what it saved before the last stop; an empty object at the first start. */
    default void restore(JsonNode saved) {}

    /** Saves what it must know after a restart. */
    default void save(ObjectNode saved) {}
}
