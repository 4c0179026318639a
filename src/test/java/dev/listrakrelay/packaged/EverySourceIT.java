package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events as in public bug reports, sent through every source, arrive at Listrak in the same form. */
@Tag("packaged")
@Tag("kafka")
class EverySourceIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String TOPIC = "every-source";
    private static final String QUEUE = "orders";

    /** Times as senders write them, each with the time that Listrak gets. */
    private static final Map<JsonNode, String> TIMES = Map.ofEntries(
            Map.entry(JSON.textNode("2021-06-06 12:34:56"), "2021-06-06T12:34:56Z"),
            Map.entry(JSON.textNode("2021-06-06T12:34:56"), "2021-06-06T12:34:56Z"),
            Map.entry(JSON.textNode("2021-06-06T12:34:56+0000"), "2021-06-06T12:34:56Z"),
            Map.entry(JSON.textNode("2021-06-06"), "2021-06-06T00:00:00Z"),
            Map.entry(JSON.textNode("2021-06-06 12:34:56.123456789 +0000 UTC"), "2021-06-06T12:34:56.123456789Z"),
            Map.entry(JSON.textNode("Sun, 06 Jun 2021 12:34:56 GMT"), "2021-06-06T12:34:56Z"),
            Map.entry(JSON.textNode("2021-06-06T24:00:00Z"), "2021-06-07T00:00:00Z"),
            Map.entry(JSON.numberNode(1622982896L), "2021-06-06T12:34:56Z"),
            Map.entry(JSON.numberNode(1622982896000L), "2021-06-06T12:34:56Z"),
            Map.entry(JSON.numberNode(1622982896000000L), "2021-06-06T12:34:56Z"));

    private static final List<String> ENDS = List.of("\u00a0", "\ufeff", "\u200b", "\u200e", " ");

    private static final List<String> NO_ADDRESSES = List.of(
            "Kim <kim@example.com>",
            "kim @example.com",
            "kim@example.com;lee@example.com",
            "kim@example.com,lee@example.com",
            "mailto:kim@example.com",
            "ki\u0001m@example.com");

    private static final List<String> STAND_INS =
            List.of("undefined", "NULL", "0", "[object Object]", "00000000-0000-0000-0000-000000000000");

    @TempDir
    static Path folder;

    private static Path drop;
    private static FakeListrak listrak;
    private static ArtemisBroker artemis;
    private static PackagedRelay relay;

    /** An event to send; empty strings and nulls are left out. */
    private record Event(String type, String order, String email, String userId, JsonNode time, JsonNode properties) {

        Event(String type, String order, String email, String userId) {
            this(type, order, email, userId, null, JSON.objectNode().put("order_id", order));
        }

        static Event order(String order, String email) {
            return new Event("track", order, email, "");
        }

        Event of(String user) {
            return new Event(type, order, email, user, time, properties);
        }

        Event at(JsonNode when) {
            return new Event(type, order, email, userId, when, properties);
        }

        Event with(JsonNode others) {
            return new Event(type, order, email, userId, time, others);
        }

        /** Whether the e-mail is in the event's own traits, not in those of its context. */
        boolean describes() {
            return !type.equals("track");
        }

        ObjectNode json() {
            ObjectNode json = JSON.objectNode();
            json.put("type", type).put("messageId", order);
            if (!userId.isEmpty()) {
                json.put("userId", userId);
            }
            if (time != null) {
                json.set("timestamp", time);
            }
            if (type.equals("track")) {
                json.put("event", "Order Completed");
                json.set("properties", properties);
            }
            if (type.equals("group")) {
                json.put("groupId", "acme");
            }
            if (!email.isEmpty()) {
                ObjectNode traits = describes()
                        ? json.putObject("traits")
                        : json.putObject("context").putObject("traits");
                traits.put("email", email);
            }
            return json;
        }
    }

    /** A source of the relay; {@code send} returns the reasons of the refused events. */
    private enum Source {
        TRACK {
            @Override
            List<String> send(List<Event> events) throws Exception {
                List<String> refused = new ArrayList<>();
                for (Event event : events) {
                    refused.addAll(refusals(post("/v1/" + event.type(), event.json(), "application/json")));
                }
                return refused;
            }
        },
        BATCH {
            @Override
            List<String> send(List<Event> events) throws Exception {
                ObjectNode batch = JSON.objectNode();
                events.forEach(event -> batch.withArray("batch").add(event.json()));
                return refusals(post("/v1/batch", batch, "application/json"));
            }
        },
        EVENTS {
            @Override
            List<String> send(List<Event> events) throws Exception {
                var array = JSON.arrayNode();
                events.forEach(event -> array.add(event.json()));
                return refusals(post("/v1/events", array, "application/json"));
            }
        },
        CLOUDEVENTS {
            @Override
            List<String> send(List<Event> events) throws Exception {
                var batch = JSON.arrayNode();
                for (Event event : events) {
                    ObjectNode cloudEvent = batch.addObject();
                    cloudEvent
                            .put("specversion", "1.0")
                            .put("id", event.order())
                            .put("source", "/shop")
                            .put("type", "Order Completed");
                    if (event.time() != null) {
                        cloudEvent.set("time", event.time());
                    }
                    cloudEvent.putObject("data").put("order_id", event.order()).put("email", event.email());
                }
                return refusals(post("/cloudevents", batch, "application/cloudevents-batch+json"));
            }
        },
        SHAPE {
            @Override
            List<String> send(List<Event> events) throws Exception {
                List<String> refused = new ArrayList<>();
                for (Event event : events) {
                    ObjectNode body = JSON.objectNode();
                    body.put("kind", event.type()).put("id", event.order()).put("mail", event.email());
                    body.put("user", event.userId());
                    if (event.time() != null) {
                        body.set("at", event.time());
                    }
                    body.set("item", event.properties());
                    refused.addAll(refusals(post("/v1/shapes/till", body, "application/json")));
                }
                return refused;
            }
        },
        KAFKA {
            @Override
            List<String> send(List<Event> events) throws Exception {
                long before = stored();
                int lettersBefore = deadLetters().size();
                try (KafkaProducer<byte[], byte[]> producer =
                        SharedKafka.broker().producer()) {
                    events.forEach(event -> producer.send(new ProducerRecord<>(
                            TOPIC, KafkaSourceTest.bytes(event.json().toString()))));
                }
                await().atMost(SOON).until(() -> stored() == before + events.size());
                return deadLettersSince(lettersBefore);
            }
        },
        AMQP {
            @Override
            List<String> send(List<Event> events) throws Exception {
                long before = stored();
                int lettersBefore = deadLetters().size();
                artemis.send(
                        QUEUE,
                        events.size(),
                        (session, i) -> ArtemisBroker.bytes(
                                session, events.get(i).json().toString()));
                await().atMost(SOON).until(() -> stored() == before + events.size());
                return deadLettersSince(lettersBefore);
            }
        },
        NDJSON {
            @Override
            List<String> send(List<Event> events) throws Exception {
                return drop(events.stream().map(event -> event.json().toString()), "ndjson");
            }
        },
        CSV {
            @Override
            List<String> send(List<Event> events) throws Exception {
                Stream<String> rows = events.stream().map(event -> Stream.of(
                                event.type(),
                                event.describes() ? "" : "Order Completed",
                                event.order(),
                                event.userId(),
                                event.email(),
                                event.time() == null ? "" : event.time().asText(),
                                event.order())
                        .map(cell -> '"' + cell + '"')
                        .collect(Collectors.joining(",")));
                return drop(
                        Stream.concat(Stream.of("type,event,messageId,userId,email,timestamp,order_id"), rows), "csv");
            }
        };

        /** Sends events, and waits until all that weren't refused are stored. Returns the reasons of the others. */
        abstract List<String> send(List<Event> events) throws Exception;

        /** Whether the source takes live calls, whose events happen now. */
        boolean isLive() {
            return this == TRACK || this == BATCH || this == EVENTS;
        }

        private static String post(String path, JsonNode body, String type) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(URI.create(relay.url() + path))
                    .header("Authorization", "Bearer key")
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString(body.toString()))
                    .build();
            HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
            return answer.body();
        }

        private static List<String> refusals(String answer) throws IOException {
            JsonNode json = new ObjectMapper().readTree(answer);
            return json.path("rejected").isEmpty() && json.has("error")
                    ? List.of(json.get("error").asText())
                    : json.path("rejected").findValuesAsText("reason");
        }

        private static long stored() {
            return relay.metric("listrak_relay_accepted_total");
        }

        private static List<String> deadLetters() throws IOException {
            return relay.answersOfDeadLetters("unreadable&limit=1000");
        }

        /** The new dead letters; the list begins with the newest. */
        private static List<String> deadLettersSince(int before) throws IOException {
            settled();
            List<String> all = deadLetters();
            return all.subList(0, all.size() - before);
        }

        private static List<String> drop(Stream<String> lines, String ending) throws IOException {
            String name = "events-" + System.nanoTime() + "." + ending;
            Path file = Files.write(folder.resolve(name), (Iterable<String>) lines::iterator);
            Files.move(file, drop.resolve(name));
            await().atMost(SOON).until(() -> Files.exists(drop.resolve(".done").resolve(name)));
            Path bad = drop.resolve(".done").resolve(name + ".bad.ndjson");
            return Files.exists(bad) ? Files.readAllLines(bad) : List.of();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        listrak = new FakeListrak();
        drop = Files.createDirectory(folder.resolve("drop"));
        artemis = new ArtemisBroker(folder.resolve("artemis"));
        artemis.start();
        SharedKafka.broker().topic(TOPIC, 1);
        relay = new PackagedRelay(listrak, folder)
                .with("SOURCE_FILE_ENABLED", "true")
                .with("SOURCE_FILE_DIR", drop.toString())
                .with("SOURCE_AMQP_ENABLED", "true")
                .with("SOURCE_AMQP_URL", artemis.url())
                .with("SOURCE_AMQP_QUEUE", QUEUE)
                .with("SOURCE_AMQP_CONSUMERS", "1")
                .with("SOURCE_KAFKA_ENABLED", "true")
                .with("SOURCE_KAFKA_BROKERS", SharedKafka.broker().url())
                .with("SOURCE_KAFKA_TOPICS", TOPIC)
                .with("SOURCE_KAFKA_GROUP", "relay-" + TOPIC);
        Map.of(
                        "type", "$.kind",
                        "event", "Order Completed",
                        "message-id", "$.id",
                        "user-id", "$.user",
                        "email", "$.mail",
                        "timestamp", "$.at",
                        "properties", "$.item")
                .forEach((key, path) -> relay.withProperty("source.rest.shapes.till." + key, path));
        relay.start();
    }

    @AfterAll
    static void end() {
        relay.close();
        artemis.close();
        listrak.close();
    }

    private static void settled() {
        await().atMost(SOON).until(() -> relay.metric("listrak_relay_pending") == 0);
    }

    private static String kim(Source source) {
        return "kim." + source.name().toLowerCase() + "@example.com";
    }

    private static List<String> ordersOf(String contact) {
        return listrak.firstArrivals().getOrDefault(contact, List.of());
    }

    @ParameterizedTest
    @EnumSource
    void aTimeArrivesAsItWasMeant(Source source) throws Exception {
        // given
        Map<String, JsonNode> orders =
                TIMES.keySet().stream().collect(Collectors.toMap(time -> source + "/" + time, time -> time));

        // when
        List<String> refused = source.send(orders.entrySet().stream()
                .map(order -> Event.order(order.getKey().replace("\"", ""), kim(source))
                        .at(order.getValue()))
                .toList());
        settled();

        // then
        assertThat(refused, empty());
        orders.forEach((order, time) -> assertThat(
                order,
                listrak.dataFields(order.replace("\"", "")),
                contains(containsString("\"event_time\":\"" + TIMES.get(time) + "\""))));
    }

    @ParameterizedTest
    @EnumSource
    void aTimeThatCannotBeReadIsNeverSilentlyNow(Source source) throws Exception {
        // given
        String order = source + "/unreadable";
        long countedBefore = relay.metric("listrak_relay_unreadable_times_total");

        // when
        List<String> refused =
                source.send(List.of(Event.order(order, kim(source)).at(JSON.textNode("06/06/2021"))));
        settled();

        // then
        if (source.isLive()) {
            assertThat(refused, empty());
            assertThat(listrak.dataFields(order), hasSize(1));
            assertThat(relay.metric("listrak_relay_unreadable_times_total"), is(countedBefore + 1));
        } else {
            assertThat(refused, contains(containsString("timestamp: unreadable")));
            assertThat(listrak.dataFields(order), empty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void invisibleCharactersAroundAnAddressAreRemoved(Source source) throws Exception {
        // given
        String address = "invisible." + kim(source);
        List<Event> events = Stream.of(
                        ENDS.stream().map(end -> address + end), ENDS.stream().map(end -> end + address))
                .flatMap(addresses -> addresses)
                .map(email ->
                        Event.order(source + "/" + email.codePoints().boxed().toList(), email))
                .toList();

        // when
        List<String> refused = source.send(events);
        settled();

        // then
        assertThat(refused, empty());
        assertThat(ordersOf(address), hasSize(events.size()));
    }

    @ParameterizedTest
    @EnumSource
    void anInvalidAddressIdentifiesNobody(Source source) throws Exception {
        // given
        List<Event> events = NO_ADDRESSES.stream()
                .map(email -> Event.order(source + "/none/" + NO_ADDRESSES.indexOf(email), email))
                .toList();

        // when
        source.send(events);
        settled();

        // then
        assertThat(
                events.stream().map(event -> listrak.dataFields(event.order())).toList(), everyItem(is(empty())));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CLOUDEVENTS", "CSV"})
    void propertiesThatAreTextAreRefusedWithTheReason(Source source) throws Exception {
        // given
        String order = source + "/text";

        // when
        List<String> refused = source.send(
                List.of(Event.order(order, kim(source)).with(JSON.textNode("{\"order_id\": \"" + order + "\"}"))));
        settled();

        // then
        assertThat(refused, contains(containsString("properties: expected an object, found a string")));
        assertThat(listrak.dataFields(order), empty());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLOUDEVENTS")
    void aCompanysAddressIdentifiesNobody(Source source) throws Exception {
        // given
        String user = source + "-user";

        // when
        source.send(List.of(new Event("identify", source + "/who", kim(source), user)));
        source.send(List.of(new Event("group", source + "/company", "info@acme.example", user)));
        source.send(List.of(Event.order(source + "/of-kim", "").of(user)));
        settled();

        // then
        assertThat(ordersOf("info@acme.example"), empty());
        assertThat(listrak.dataFields(source + "/of-kim"), hasSize(1));
        assertThat(ordersOf(kim(source)).contains(source + "/of-kim"), is(true));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLOUDEVENTS")
    void aStandInIdIdentifiesNoUser(Source source) throws Exception {
        // given
        List<Event> events = new ArrayList<>();
        STAND_INS.forEach(id -> {
            events.add(new Event("identify", source + "/says/" + id, kim(source), id));
            events.add(Event.order(source + "/nobody/" + id, "").of(id));
        });

        // when
        source.send(events);
        settled();

        // then
        STAND_INS.forEach(id -> assertThat(id, listrak.dataFields(source + "/nobody/" + id), empty()));
    }
}
