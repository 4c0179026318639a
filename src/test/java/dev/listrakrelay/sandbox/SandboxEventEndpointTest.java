package dev.listrakrelay.sandbox;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox Listrak answers event requests as Listrak does. */
class SandboxEventEndpointTest extends SandboxOverHttp {

    private static final String CONTACT = "{\"identifierType\":\"EmailAddress\",\"identifierValue\":\"a@b.co\"}";

    @Test
    void anEventIsTakenAndAnsweredPerRecipient() {
        // given
        var request = posting(events(PURCHASE));

        // when
        var answer = request.post(EVENT).then();

        // then
        answer.statusCode(200)
                .body("data[0].identifiers[0].identifierType", equalTo("EmailAddress"))
                .body("data[0].identifiers[0].identifierValue", equalTo("user@example.com"))
                .body("data[0].statusCode", equalTo(200))
                .body("data[0].errors", empty())
                .body("meta.statusCode", equalTo(200));
    }

    @Test
    void theOtherRequestStyleIsTakenToo() {
        // given
        var request = posting("{\"events\":[" + PURCHASE + "]}");

        // when
        var answer = request.post(CONFIGURATIONS + "/" + SandboxAccount.EVENT_UID + "/events")
                .then();

        // then
        answer.statusCode(200).body("data.size()", equalTo(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" user@example.com", "User@example.com", "b4c9a289323b21a01c3e940f150eb9b8c542587f1abfd8f0"})
    void anEmailThatFindsNoContactFailsThatRecipientAlone(String email) {
        // given
        var request = posting(events(PURCHASE, PURCHASE.replace("user@example.com", email)));

        // when
        var answer = request.post(EVENT).then();

        // then
        answer.statusCode(200)
                .body("data[0].statusCode", equalTo(200))
                .body("data[1].statusCode", equalTo(400))
                .body("data[1].errors[0].errorType", equalTo("InvalidIdentifier"));
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                arguments("{", "body"),
                arguments("", "body"),
                arguments("[]", "body"),
                arguments(events(PURCHASE) + "x", "body"),
                arguments("{\"events\":[]," + events(PURCHASE).substring(1), "body"),
                arguments(events(PURCHASE).replace("eventUid", "eventUID"), "eventUid"),
                arguments(events(PURCHASE).replace("12345", "\"12345\""), "companyId"),
                arguments(events(PURCHASE).replace("\"events\"", "\"event\""), "events"),
                arguments(events(), "events"),
                arguments(events(PURCHASE, "1"), "events[1]"),
                arguments(events(PURCHASE, "{\"dataFields\":{}}"), "events[1].identifiers"),
                arguments(events("{\"identifiers\":[]}"), "events[0].identifiers"),
                arguments(events(PURCHASE, PURCHASE.replace("EmailAddress", "Email")), "events[1].identifiers[0]"),
                arguments(events(PURCHASE.replace("user@example.com", " ")), "events[0].identifiers[0]"),
                arguments(event("{\"products\":[]}"), "events[0].dataFields.products"),
                arguments(event("{\"address\":{\"city\":\"Lititz\"}}"), "events[0].dataFields.address"),
                arguments(event("null"), "events[0].dataFields"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedRequestAnswers400AndSaysWhere(String body, String where) {
        // given
        var request = posting(body);

        // when
        var answer = request.post(EVENT).then();

        // then
        answer.statusCode(400).body("meta.message", startsWith(where));
        sandbox().get("/received").then().body("$", empty());
    }

    @Test
    void anUnknownEventUidOrCompanyAnswers404() {
        // given
        String uid = "99999999-2222-4333-8444-555555555555";

        // when
        var wrongUid =
                posting(events(PURCHASE).replace(SandboxAccount.EVENT_UID, uid)).post(EVENT);
        var wrongCompany = posting(events(PURCHASE).replace("12345", "54321")).post(EVENT);
        var wrongPath = posting("{\"events\":[" + PURCHASE + "]}").post(CONFIGURATIONS + "/" + uid + "/events");

        // then
        wrongUid.then().statusCode(404);
        wrongCompany.then().statusCode(404);
        wrongPath.then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer made-up", "Basic c2FuZGJveDo=", "Bearer "})
    void aRequestWithoutALivingTokenAnswers401(String authorization) {
        // given
        var request = sandbox()
                .header("Authorization", authorization)
                .contentType("application/json")
                .body(events(PURCHASE));

        // when
        var answer = request.post(EVENT).then();

        // then
        answer.statusCode(401);
        sandbox().get("/received").then().body("$", empty());
    }

    @Test
    void aRequestWithNoAuthorizationAtAllAnswers401() {
        // given
        var request = sandbox().contentType("application/json").body(events(PURCHASE));

        // when
        var answer = request.post(EVENT).then();

        // then
        answer.statusCode(401);
    }

    @Test
    void anotherContentTypeAnswers415() {
        // given
        var request = authorized().contentType("text/plain").body(events(PURCHASE));

        // when
        var answer = request.post(EVENT).then();

        // then
        answer.statusCode(415);
    }

    @Test
    void anotherMethodAnswers405() {
        // given
        var request = authorized();

        // when
        var answer = request.get(EVENT).then();

        // then
        answer.statusCode(405);
    }

    @Test
    void headersCountTowardsTheMegabyte() {
        // given
        String overWithHeadersOnly = padded(EventRequestCheck.MAX_BYTES - 100);

        // when
        var answer = posting(overWithHeadersOnly).post(EVENT).then();

        // then
        answer.statusCode(400).body("meta.message", containsString("too large"));
    }

    @Test
    void aBodyOverTheMegabyteAnswers400() {
        // given
        String over = padded(EventRequestCheck.MAX_BYTES + 1);

        // when
        var answer = posting(over).post(EVENT).then();

        // then
        answer.statusCode(400).body("meta.message", containsString("too large"));
    }

    @Test
    void aRequestJustUnderTheMegabyteIsTaken() {
        // given
        String under = padded(EventRequestCheck.MAX_BYTES - 1_000);

        // when
        var answer = posting(under).post(EVENT).then();

        // then
        answer.statusCode(200);
    }

    private static String padded(int bytes) {
        String body = events(PURCHASE);
        return body + " ".repeat(bytes - body.length());
    }

    private static String event(String dataFields) {
        return events("{\"identifiers\":[" + CONTACT + "],\"dataFields\":" + dataFields + "}");
    }
}
