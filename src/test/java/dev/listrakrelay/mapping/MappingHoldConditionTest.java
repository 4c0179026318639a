package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.listrakrelay.spool.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An event is worth holding only if it would be sent with an e-mail, and is not sent without one. */
class MappingHoldConditionTest {

    private static final String RULES =
            """
            events:
              - when: {type: track, event: Unwanted}
                drop: unwanted
              - when: {type: track, event: Items}
                event_name: item
                split: $.properties.items
              - when: {type: track, event: Order}
                event_name: purchase
            """;
    private static final String BY_EMAIL = "contact: {email: [$.traits.email]}\n" + RULES;
    private static final String BY_ANY =
            "contact: {email: [$.traits.email], phone_number: [$.traits.phone], required: any}\n" + RULES;
    private static final String BY_PHONE =
            "contact: {email: [$.traits.email], phone_number: [$.traits.phone], required: [phone_number]}\n" + RULES;

    @TempDir
    Path folder;

    private boolean wants(String mapping, String name, String raw) throws IOException {
        Path file = folder.resolve("listrak.mapping.yaml");
        Files.writeString(file, mapping);
        CurrentMapping current = new CurrentMapping(
                () -> Optional.of(file),
                new AccountNames(Set.of()),
                new TestClock(),
                new MappingVersions(folder.resolve("versions")),
                new SimpleMeterRegistry());
        return new MappingHoldCondition(current).wants(Events.of("track", name, raw));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Order    | {}                                   | true",
                "Other    | {}                                   | false",
                "Unwanted | {}                                   | false",
                "Items    | {\"properties\":{\"items\":[1,2]}}   | true",
                "Items    | {\"properties\":{\"items\":[]}}      | false",
                "Order    | {\"traits\":{\"email\":\"a@b.com\"}} | false",
                "Order    | no JSON                              | false",
            })
    void anEventIsWantedIfARuleSendsItAndOnlyItsEmailIsMissing(String name, String raw, boolean isWanted)
            throws IOException {
        assertEquals(isWanted, wants(BY_EMAIL, name, raw));
    }

    @Test
    void anEventWithAnotherIdentifierThatIsEnoughIsNotWanted() throws IOException {
        assertEquals(false, wants(BY_ANY, "Order", "{\"traits\":{\"phone\":\"+12025550143\"}}"));
        assertEquals(true, wants(BY_ANY, "Order", "{}"));
    }

    @Test
    void anEventThatAnEmailDoesNotHelpIsNotWanted() throws IOException {
        assertEquals(false, wants(BY_PHONE, "Order", "{}"));
    }
}
