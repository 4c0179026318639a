package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.Destination;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Holds a Listrak account and the objects that its deliveries share. */
record Account(
        AccountSettings settings,
        Destination destination,
        Tokens tokens,
        RequestPacker packer,
        DeliveredParts delivered) {

    /** Returns what to check, by the status of Listrak's answer. */
    Map<Integer, String> hints() {
        return hints(settings::key);
    }

    /**
     * Returns what to check, by the status of Listrak's answer.
     *
     * @param key returns the full property key for its last part
     */
    static Map<Integer, String> hints(UnaryOperator<String> key) {
        return Map.of(
                401,
                "Listrak rejected the token; check that the integration is not paused",
                403,
                "the integration has no access to the Cross Channel API, or its access is paused",
                404,
                "check " + key.apply("event-uid") + ", the event_uid of rules, and " + key.apply("company-id"));
    }
}
