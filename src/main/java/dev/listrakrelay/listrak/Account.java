package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.Destination;
import java.util.Map;
import java.util.function.UnaryOperator;

/** One Listrak account with all that its deliveries share: its gate, its token, how its requests look. */
record Account(
        AccountSettings settings, Destination destination, Tokens tokens, RequestPacker packer, DeliveredParts taken) {

    /** What to look at, by the status that Listrak answers with. */
    Map<Integer, String> hints() {
        return hints(settings::key);
    }

    /** @param key the property that sets something of the account */
    static Map<Integer, String> hints(UnaryOperator<String> key) {
        return Map.of(
                401,
                "the token was refused; is the integration paused?",
                403,
                "no access to Cross Channel, or access is paused",
                404,
                "check " + key.apply("event-uid") + " and " + key.apply("company-id"));
    }
}
