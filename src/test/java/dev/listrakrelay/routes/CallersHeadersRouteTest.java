package dev.listrakrelay.routes;

import static io.restassured.RestAssured.config;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever headers, query or form a caller adds, the request to Listrak stays the same, byte for byte. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class CallersHeadersRouteTest extends ThroughTheDoors {

    private static final String ORDER =
            order("headers@example.com", "untouched").replaceFirst("\\{", "{\"timestamp\":\"2026-06-06T12:34:56Z\",");
    private static final String EVIL = "localhost:1/x";

    /** Header names that Camel's components, the relay's routes and proxies read. */
    private static final List<String> NAMES = List.of(
            "CamelHttpUri",
            "CamelHttpUrl",
            "CamelHttpPath",
            "CamelHttpQuery",
            "CamelHttpRawQuery",
            "CamelHttpMethod",
            "CamelRestHttpUri",
            "CamelHttpResponseCode",
            "CamelCharsetName",
            "CamelFileName",
            "CamelOverruleFileName",
            "CamelToEndpoint",
            "CamelBeanMethodName",
            "CamelExecCommandExecutable",
            "kafka.OVERRIDE_TOPIC",
            "kafka.TOPIC",
            "kafka.KEY",
            "kafka.PARTITION_KEY",
            "JMSReplyTo",
            "JMSDestination",
            "JMSCorrelationID",
            "CamelJmsDestinationName",
            "CamelJmsDestination",
            "source",
            "call",
            "isLive",
            "eventPart",
            "X-Forwarded-Host",
            "X-Forwarded-For",
            "Proxy-Authorization",
            "Accept-Encoding",
            "Cookie",
            "traceparent");

    static List<String> names() {
        return NAMES;
    }

    /** The names as they are, in lower case and in upper case. */
    private static Stream<String> inAnyCase() {
        return NAMES.stream()
                .flatMap(name -> Stream.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT)))
                .distinct();
    }

    @Test
    void headersChangeNothing() {
        // given
        RequestSpecification caller = caller();
        inAnyCase().forEach(name -> caller.header(name, EVIL));

        // when // then
        arrivesAsEver(caller.header("Host", "evil.example.com").body(ORDER), "/v1/track");
    }

    @Test
    void headersThatComeTwiceChangeNothing() {
        // given
        RequestSpecification caller = caller();
        NAMES.forEach(name -> caller.header(name, EVIL, EVIL).queryParam(name, EVIL, EVIL));

        // when // then
        arrivesAsEver(caller.body(ORDER), "/v1/track");
    }

    @Test
    void theQueryChangesNothing() {
        // given
        RequestSpecification caller = caller();
        Stream.concat(inAnyCase(), Stream.of("Host", "Content-Type", "Content-Length", "Transfer-Encoding"))
                .forEach(name -> caller.queryParam(name, EVIL));

        // when // then
        arrivesAsEver(caller.body(ORDER), "/v1/track");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/t", "/v1/events", "/v1/b"})
    void noOtherPathOfRestPassesThemOn(String path) {
        // given
        String body = path.equals("/v1/b") ? "{\"batch\":[" + ORDER + "]}" : ORDER;
        RequestSpecification caller = caller();
        NAMES.forEach(name -> caller.header(name, EVIL).queryParam(name, EVIL));

        // when // then
        arrivesAsEver(caller.body(body), path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=evil"})
    void aFormIsNoEvent(String contentType) {
        // given
        String form = contentType.startsWith("multipart")
                ? "--evil\r\nContent-Disposition: form-data; name=\"CamelHttpUri\"\r\n\r\n" + EVIL + "\r\n--evil--\r\n"
                : "CamelHttpUri=" + EVIL + "&kafka.OVERRIDE_TOPIC=evil&JMSReplyTo=evil&Host=evil";

        // when // then
        caller().config(config().encoderConfig(
                                encoderConfig().encodeContentTypeAs("multipart/form-data", ContentType.TEXT)))
                .contentType(contentType)
                .body(form)
                .post("/v1/track")
                .then()
                .statusCode(400);
        awaitNothingPending();
        assertThat(requests(), hasSize(0));
    }

    @ParameterizedTest
    @MethodSource("names")
    void asMembersOfTheEventTheyBecomeFieldsAtMost(String name) {
        // given
        String event = ORDER.replace("{\"order_id\"", "{\"" + name + "\":\"" + EVIL + "\",\"order_id\"");

        // when
        caller().body(event).post("/v1/track").then().statusCode(200);
        awaitNothingPending();

        // then
        assertThat(requests(), hasSize(1));
        assertThat(head(requests().get(0)).get("url"), is(EVENT));
        assertThat(head(requests().get(0)).containsValue(EVIL), is(false));
    }

    @Test
    void theSourceThatACallerNamesDoesNotCount() {
        // given
        String id = UUID.randomUUID().toString();
        String event = ORDER.replaceFirst("\\{", "{\"messageId\":\"" + id + "\",");

        // when
        caller().body(event).post("/v1/track").then().statusCode(200);
        caller().header("source", "another")
                .body(event)
                .post("/v1/track")
                .then()
                .statusCode(200);
        caller().queryParam("source", "another")
                .body(event)
                .post("/v1/track")
                .then()
                .statusCode(200);
        awaitNothingPending();

        // then
        assertThat(requests(), hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "authorization", "AUTHORIZATION"})
    void aWriteKeyInTheQueryLetsNobodyIn(String name) {
        given().contentType("application/json")
                .queryParam(name, "Bearer " + FakeListrakAccount.WRITE_KEY)
                .body(ORDER)
                .post("/v1/track")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "Content-Encoding", "call", "Content-Type"})
    void ifThereIsAHeaderTheQueryDoesNotCount(String name) {
        // given
        RequestSpecification caller = caller().queryParam(name, EVIL);

        // when // then
        arrivesAsEver(caller.body(ORDER), "/v1/track");
    }

    @Test
    void anAttributeOfACloudEventInTheQueryDoesNotCount() {
        caller().queryParam("ce-type", "Order Completed")
                .body("{\"order_id\":\"1\"}")
                .post("/cloudevents")
                .then()
                .statusCode(400);
    }

    @Test
    void anAuthorizationThatIsNotAWriteKeyLetsNobodyInAndGoesNowhere() {
        // when // then
        given().contentType("application/json")
                .header("Authorization", "Bearer " + token)
                .body(ORDER)
                .post("/v1/track")
                .then()
                .statusCode(401);
        awaitNothingPending();
        assertThat(requests(), hasSize(0));
    }

    /** Posts the order as usual and then as this caller, and checks that Listrak got the same request twice. */
    private void arrivesAsEver(RequestSpecification caller, String path) {
        caller().body(ORDER).post("/v1/track").then().statusCode(200);
        awaitNothingPending();
        caller.post(path).then().statusCode(200);
        awaitNothingPending();

        assertThat(requests(), hasSize(2));
        LoggedRequest plain = requests().get(0);
        LoggedRequest other = requests().get(1);
        assertThat(head(other), is(head(plain)));
        assertThat(other.getBodyAsString(), is(plain.getBodyAsString()));
    }

    /** The method, path and headers of a request. */
    private static Map<String, String> head(LoggedRequest request) {
        Map<String, String> head = new HashMap<>();
        request.getHeaders().all().forEach(header -> head.put(header.key(), String.join(",", header.values())));
        head.put("method", request.getMethod().toString());
        head.put("url", request.getUrl());
        return head;
    }
}
