package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finds the contact of an event: its e-mail and its phone number. */
class ContactTest {

    private static Optional<String> find(String json, String... paths) throws Exception {
        List<EventPath> compiled = Stream.of(paths).map(EventPath::compile).toList();
        return new Contact(Map.of(IdentifierType.EMAIL, compiled), Set.of())
                .identifiers(JsonTree.read(json.getBytes()), Events.of("track", "Any", json)).stream()
                        .map(Identifier::value)
                        .findFirst();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\" \"",
                "\"ada\"",
                "\"@ada\"",
                "\"ada@\"",
                "\" ada@ \"",
                "5",
                "null",
                "{}",
                "[\"a@b.c\"]"
            })
    void ifAPathHasNoAddressTheNextPathCounts(String first) throws Exception {
        // given
        String event = "{\"a\":" + first + ",\"b\":\"ada@example.com\"}";

        // when
        Optional<String> email = find(event, "$.a", "$.missing.too", "$.b.deeper", "$.b");

        // then
        assertEquals(Optional.of("ada@example.com"), email);
    }

    @Test
    void theAddressIsTrimmedAndLowerCasedInEveryCountryAlike() throws Exception {
        // given
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale("tr"));
        try {
            // when
            Optional<String> email = find("{\"a\":\"\\tINFO@EXAMPLE.COM \"}", "$.a");

            // then
            assertEquals(Optional.of("info@example.com"), email);
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$.user.email",
                "$['user']['email']",
                "$.user['email']",
                "$.list[1].email",
                "$.list[*].email",
                "$..email",
                "$.list[?(@.main == true)].email",
                "$.list[?(@.rank > 1.5)].email",
                "$['my.user'].e-mail"
            })
    void everyJsonPathCanLeadToTheAddress(String path) throws Exception {
        // given
        String event = "{\"list\":[{\"email\":\"none\",\"rank\":1.10},{\"email\":\"a@b.c\",\"main\":true,\"rank\":2}],"
                + "\"user\":{\"email\":\"a@b.c\"},\"my.user\":{\"e-mail\":\"a@b.c\"}}";

        // when
        Optional<String> email = find(event, path);

        // then
        assertEquals(Optional.of("a@b.c"), email);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"$.list[0].email", "$.list[?(@.rank > 1)].email", "$.list.length()", "$.list", "$.nested[0]", "$"
            })
    void aPathThatDoesNotFitTheEventFindsNothing(String path) throws Exception {
        // given
        String event = "{\"list\":{\"rank\":1e99999999999,\"email\":7},\"nested\":[[\"a@b.c\"]]}";

        // when
        Optional<String> email = find(event, path);

        // then
        assertEquals(Optional.empty(), email);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$.traits.email", "$['traits']['email']", "$..email", "$.traits.*.email"})
    void theTraitsOfAGroupGiveNoContact(String path) throws Exception {
        // given
        String json =
                "{\"traits\":{\"email\":\"info@acme.example\",\"a\":{\"main\":true,\"email\":\"a@acme.example\"}}}";
        Contact contact = new Contact(Map.of(IdentifierType.EMAIL, List.of(EventPath.compile(path))), Set.of());

        // when
        List<Identifier> own = contact.identifiers(JsonTree.read(json.getBytes()), Events.of("identify", "", json));
        List<Identifier> group = contact.identifiers(JsonTree.read(json.getBytes()), Events.of("group", "", json));
        List<Identifier> known = contact.identifiers(
                JsonTree.read(json.getBytes()), Events.of("group", "", json).withLearnedEmail("ada@example.com"));

        // then
        assertEquals(1, own.size());
        assertEquals(List.of(), group);
        assertEquals(
                List.of("ada@example.com"),
                known.stream().map(Identifier::value).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "+14155550123|+14155550123",
                "' +1 (415) 555-0123 '|+14155550123",
                "+49.30.123456|+4930123456",
                "4155550123|none",
                "+0155550123|none",
                "+1415|none",
                "+12345678901234567|none",
                "+1415555O123|none",
                "++14155550123|none",
                "''|none"
            })
    void aPhoneNumberIsSentInE164(String text, String expected) {
        // given
        // when
        String number = IdentifierType.PHONE_NUMBER.normalize(text);

        // then
        assertEquals(expected, number);
    }
}
