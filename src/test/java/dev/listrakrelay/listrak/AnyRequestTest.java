package dev.listrakrelay.listrak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.listrakrelay.explain.Explainer;
import dev.listrakrelay.mapping.AnyJson;
import dev.listrakrelay.mapping.FieldCheck;
import dev.listrakrelay.mapping.ListrakEvent;
import dev.listrakrelay.mapping.Mapping;
import dev.listrakrelay.mapping.MappingFile;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identities;
import dev.listrakrelay.spool.StandInIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** For random events, a request never exceeds the size limit, and explain shows it as it is sent. */
class AnyRequestTest {

    private static final int LIMIT = 1_000_000;
    /** Listrak's size limit includes the headers. */
    private static final int ROOM_FOR_HEADERS = 16_384;

    private static final Instant NOW = Instant.parse("2026-06-06T12:34:56Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Mapping MAPPING = MappingFile.read(
            "any.mapping.yaml",
            """
            match: all
            contact: {email: [$.email, $.context.traits.email, "$..email"]}
            events:
              - {when: {type: track}, event_name: json}
              - {when: {type: track}, event_name: flat, fields: {nested: flatten}}
              - {when: {type: track}, event_name: own, event_uid: 99999999-8888-4777-8666-555555555555, company_id: 7}
            """
                    .getBytes(UTF_8));

    @Property(tries = 500)
    void explainShowsTheRequestByteForByte(@ForAll("events") String event, @ForAll RequestStyle style)
            throws Exception {
        // given
        RequestFormat format = new RequestFormat(style, "11111111-2222-4333-8444-555555555555", "12345");
        Explainer explainer = new Explainer(
                MAPPING,
                "any",
                account -> format,
                custom -> Optional.empty(),
                FieldCheck.NONE,
                Identities.NONE,
                new StandInIds(List.of()));
        String track = "{\"type\":\"track\"," + event.substring(1).replaceFirst("^}$", "\"x\":1}");

        // when
        JsonNode told = explainer.explain(track.getBytes(UTF_8), NOW).path("requests");

        // then
        List<ListrakEvent> mapped = told.isEmpty() ? List.of() : mapped(track);
        assertEquals(mapped.size(), told.size());
        for (int i = 0; i < mapped.size(); i++) {
            byte[] sent = new RequestPacker(format)
                    .pack(new LinkedList<>(List.of(delivery(i, mapped.get(i)))))
                    .body();
            assertEquals(sent.length, told.get(i).path("bytes").asInt());
            assertEquals(new String(sent, UTF_8), told.get(i).path("body").asText());
        }
    }

    @Property(tries = 150)
    void noRequestExceedsTheLimitAndEveryEventIsInOne(@ForAll("batches") List<String> batch) throws Exception {
        // given
        RequestPacker packer = new RequestPacker(
                new RequestFormat(RequestStyle.EVENT, "11111111-2222-4333-8444-555555555555", "12345"));
        List<Delivery> waiting = new LinkedList<>();
        for (String event : batch) {
            mapped(event).forEach(mapped -> waiting.add(delivery(waiting.size(), mapped)));
        }
        waiting.removeIf(packer::isTooLarge);
        Set<Delivery> left = new HashSet<>(waiting);

        // when
        List<ListrakRequest> requests = new ArrayList<>();
        while (!waiting.isEmpty()) {
            ListrakRequest request = packer.pack(waiting);
            assertNotNull(request);
            requests.add(request);
        }

        // then
        for (ListrakRequest request : requests) {
            assertTrue(request.body().length <= LIMIT - ROOM_FOR_HEADERS, request.toString());
            JsonNode events = JSON.readTree(request.body()).path("events");
            assertEquals(request.deliveries().size(), events.size());
            Set<String> contacts = new HashSet<>();
            for (Delivery delivery : request.deliveries()) {
                assertTrue(left.remove(delivery), "sent once");
                assertTrue(contacts.add(delivery.contact().get(0)), "one event per contact");
            }
        }
        assertTrue(left.isEmpty(), left.size() + " in no request");
    }

    private static List<ListrakEvent> mapped(String json) {
        return MAPPING.map(event(1, json)).stream()
                .filter(ListrakEvent.class::isInstance)
                .map(ListrakEvent.class::cast)
                .toList();
    }

    private static Delivery delivery(int seq, ListrakEvent event) {
        return new Delivery(event(seq + 1, "{}"), event);
    }

    private static Event event(long seq, String json) {
        return new Event(seq, "m-" + seq, "rest", "track", "", "c", NOW, json.getBytes(UTF_8));
    }

    @Provide
    Arbitrary<String> events() {
        return AnyJson.events();
    }

    /** Batches of texts whose total exceeds one request; JSON escapes make some of them longer. */
    @Provide
    Arbitrary<List<String>> batches() {
        Arbitrary<Integer> size = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(0, 2_000)),
                Tuple.of(3, Arbitraries.integers().between(2_000, 200_000)),
                Tuple.of(1, Arbitraries.integers().between(980_000, 984_000)));
        Arbitrary<String> letter = Arbitraries.of("x", "\u00e9", "\\u0001", "\\\"", "\\ud83d\\ude00");
        Arbitrary<String> contact = Arbitraries.integers().between(0, 20).map(i -> "c" + i + "@example.com");
        return Combinators.combine(size, letter, contact)
                .as((length, text, email) -> "{\"email\":\"" + email + "\",\"properties\":{\"fill\":\""
                        + text.repeat(length / text.getBytes(UTF_8).length) + "\"}}")
                .list()
                .ofMaxSize(25);
    }
}
