package dev.listrakrelay.packaged;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fake Listrak that accepts all events and records them in order of arrival. Tests can make it fail, hang or stop.
 */
final class FakeListrak implements AutoCloseable {

    static final String EVENT_UID = "11111111-2222-4333-8444-555555555555";

    private static final Buffer TOKEN =
            Buffer.buffer("{\"access_token\":\"fake\",\"token_type\":\"bearer\",\"expires_in\":3599}");
    private static final Buffer TAKEN = Buffer.buffer("{\"data\":[],\"meta\":{\"statusCode\":200}}");
    private static final int ANSWER_MILLIS = 5;
    private static final int NEVER = 0;

    /** An event that arrived: its contact, its order id, and its data fields as JSON. */
    record Arrival(String contact, String orderId, String dataFields) {}

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger largest = new AtomicInteger();
    private final AtomicInteger hanging = new AtomicInteger();
    private final AtomicInteger mostBytes = new AtomicInteger();
    private final AtomicInteger tokenRequests = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile int status = 200;
    private volatile int tokenStatus = 200;
    private volatile Buffer schema = schemaOf();
    private final OpenRequests openRequests = new OpenRequests();
    private final List<ListeningPort> ports = new CopyOnWriteArrayList<>();
    /** The options for listening; null while it doesn't listen. */
    private volatile HttpServerOptions listening = new HttpServerOptions();

    /** Opens a port for one relay; each relay delivers to its own port. */
    ListeningPort newPort() {
        ListeningPort port = new ListeningPort(vertx, this::handle);
        ports.add(port);
        return listening == null ? port : port.listen(listening);
    }

    /** Answers every event request with this status from now on. */
    void answer(int newStatus) {
        status = newStatus;
    }

    /** Gives the custom event these fields from now on: event_time is a Date, the others are Strings. */
    void schema(String... fields) {
        schema = schemaOf(fields);
    }

    private static Buffer schemaOf(String... fields) {
        JsonObject types = new JsonObject();
        Stream.of(fields).forEach(field -> types.put(field, field.equals("event_time") ? "Date" : "String"));
        return new JsonObject()
                .put(
                        "data",
                        new JsonObject()
                                .put("eventName", "all")
                                .put("eventSchemaAttrs", types)
                                .put("featureAccess", new JsonArray().add("Workflow")))
                .toBuffer();
    }

    /** Leaves every event request without an answer from now on. */
    void hang() {
        answer(NEVER);
    }

    /** How many event requests were left without an answer. */
    int hanging() {
        return hanging.get();
    }

    /** Answers every token request with this status from now on. */
    void answerTokens(int newStatus) {
        tokenStatus = newStatus;
    }

    /** Stops listening: connections are refused. */
    void leave() {
        listening = null;
        ports.forEach(ListeningPort::close);
        openRequests.interrupted();
    }

    /** Notes that a relay's process was killed, so that events of its open requests may arrive again. */
    void killed(PackagedRelay relay) {
        relay.listrakPort().awaitAllRead();
        openRequests.interrupted();
    }

    /**
     * Runs an outage during which relays may not be able to settle what they deliver, so that these events may arrive
     * again.
     */
    void interruptedBy(Runnable outage) {
        openRequests.interruptedBy(outage);
    }

    /** Listens again on the same ports. */
    void comeBack() {
        listen(new HttpServerOptions());
    }

    /** Listens again with TLS, with the key and certificate in a PKCS #12 file. */
    void comeBackWith(Path keys, String password) {
        listen(new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions().setPath(keys.toString()).setPassword(password)));
    }

    private void listen(HttpServerOptions options) {
        listening = options;
        ports.forEach(port -> port.listen(options));
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            mostBytes.accumulateAndGet(bytesOfHead(request) + body.length(), Math::max);
            if (request.path().equals("/token")) {
                tokenRequests.incrementAndGet();
                answer(request, tokenStatus, tokenStatus == 200 ? TOKEN : Buffer.buffer());
            } else if (request.method().equals(HttpMethod.GET)) {
                answer(request, 200, schema);
            } else if (status != 200) {
                refusals.incrementAndGet();
                answer(request, status, Buffer.buffer());
            } else {
                keep(new JsonObject(body).getJsonArray("events"));
                vertx.setTimer(ANSWER_MILLIS, timer -> answer(request, 200, TAKEN));
            }
        });
    }

    private void keep(JsonArray events) {
        List<Arrival> request = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            JsonObject event = events.getJsonObject(i);
            JsonObject fields = event.getJsonObject("dataFields");
            String contact = event.getJsonArray("identifiers").getJsonObject(0).getString("identifierValue");
            request.add(new Arrival(contact, fields.getString("order_id"), fields.encode()));
        }
        openRequests.arrived(
                request.stream().collect(groupingBy(Arrival::contact, mapping(Arrival::orderId, Collectors.toList()))));
        arrivals.addAll(request);
        count.addAndGet(events.size());
        largest.accumulateAndGet(events.size(), Math::max);
    }

    private void answer(HttpServerRequest request, int status, Buffer body) {
        if (status == NEVER) {
            hanging.incrementAndGet();
            return;
        }
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body);
    }

    /** The size of a request without its body, as HTTP/1.1 writes it. */
    private static int bytesOfHead(HttpServerRequest request) {
        StringBuilder head = new StringBuilder(request.method() + " " + request.uri() + " HTTP/1.1\r\n");
        request.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** The size of the largest request in bytes, headers included. */
    int mostBytes() {
        return mostBytes.get();
    }

    /** How many token requests arrived. */
    int tokenRequests() {
        return tokenRequests.get();
    }

    /** How many event requests were answered with another status than 200. */
    int refusals() {
        return refusals.get();
    }

    /** How many events arrived; an event that arrived twice counts twice. */
    int arrived() {
        return count.get();
    }

    /** The events that arrived twice, although no kill and no cut connection explains it. */
    List<String> unexplainedDuplicates() {
        return openRequests.unexplained();
    }

    /** The order ids of the events that arrived twice or more often. */
    Set<String> orderIdsOfRepeatedEvents() {
        Set<String> once = new HashSet<>();
        Set<String> repeated = new HashSet<>();
        arrivals.forEach(arrival -> {
            if (!once.add(arrival.orderId())) {
                repeated.add(arrival.orderId());
            }
        });
        return repeated;
    }

    /** The largest number of events in one request. */
    int largestRequest() {
        return largest.get();
    }

    Set<String> orderIds() {
        Set<String> ids = new HashSet<>();
        arrivals.forEach(arrival -> ids.add(arrival.orderId()));
        return ids;
    }

    /** The order ids of each contact, in the order of their first arrival. */
    Map<String, List<String>> firstArrivals() {
        Map<String, Set<String>> ids = new HashMap<>();
        arrivals.forEach(arrival -> ids.computeIfAbsent(arrival.contact(), c -> new LinkedHashSet<>())
                .add(arrival.orderId()));
        Map<String, List<String>> lists = new HashMap<>();
        ids.forEach((contact, inOrder) -> lists.put(contact, List.copyOf(inOrder)));
        return lists;
    }

    /** The names of this contact's events, in order of arrival. */
    List<String> eventNames(String contact) {
        return dataFieldsOf(contact).stream()
                .map(fields -> new JsonObject(fields).getString("event_name"))
                .toList();
    }

    /** The data fields of this contact's events, as JSON, in order of arrival. */
    List<String> dataFieldsOf(String contact) {
        return arrivals.stream()
                .filter(arrival -> arrival.contact().equals(contact))
                .map(Arrival::dataFields)
                .toList();
    }

    /** The data fields of the events with this order id, as JSON. */
    List<String> dataFields(String orderId) {
        return arrivals.stream()
                .filter(arrival -> orderId.equals(arrival.orderId()))
                .map(Arrival::dataFields)
                .toList();
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        join(vertx.close());
    }
}
