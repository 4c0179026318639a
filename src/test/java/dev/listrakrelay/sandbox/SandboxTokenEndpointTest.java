package dev.listrakrelay.sandbox;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasLength;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

/** The sandbox Listrak answers token requests as Listrak does. */
class SandboxTokenEndpointTest extends SandboxOverHttp {

    @Test
    void theSandboxesCredentialsGetABearerTokenForFifteenMinutes() {
        // given
        var request = credentials("sandbox", "sandbox");

        // when
        var answer = request.post("/OAuth2/Token").then();

        // then
        answer.statusCode(200)
                .body("access_token", not(hasLength(0)))
                .body("token_type", equalTo("bearer"))
                .body("expires_in", equalTo(900));
    }

    @Test
    void everyTokenIsAnother() {
        // given
        String first = token();

        // when
        String second = token();

        // then
        assertNotEquals(first, second);
    }

    @Test
    void wrongCredentialsAnswer400AsListrakDoes() {
        // given
        var request = credentials("sandbox", "wrong");

        // when
        var answer = request.post("/OAuth2/Token").then();

        // then
        answer.statusCode(400).body("error", equalTo("Invalid Credentials"));
    }

    @Test
    void anotherGrantTypeAnswers400() {
        // given
        var request = sandbox()
                .contentType("application/x-www-form-urlencoded")
                .body("grant_type=password&client_id=sandbox&client_secret=sandbox");

        // when
        var answer = request.post("/OAuth2/Token").then();

        // then
        answer.statusCode(400);
    }

    @Test
    void aFormThatIsBadlyEncodedAnswers400() {
        // given
        var request = sandbox()
                .contentType("application/x-www-form-urlencoded")
                .body("grant_type=client_credentials&client_id=sandbox&client_secret=%zz");

        // when
        var answer = request.post("/OAuth2/Token").then();

        // then
        answer.statusCode(400);
    }

    @Test
    void credentialsInTheQueryDontCount() {
        // given
        var request = sandbox()
                .contentType("application/x-www-form-urlencoded")
                .queryParam("grant_type", "client_credentials")
                .queryParam("client_id", "sandbox")
                .queryParam("client_secret", "sandbox");

        // when
        var answer = request.post("/OAuth2/Token").then();

        // then
        answer.statusCode(400);
    }

    @Test
    void credentialsAsJsonAnswer415() {
        // given
        var request = sandbox().contentType("application/json").body("{\"client_id\":\"sandbox\"}");

        // when
        var answer = request.post("/OAuth2/Token").then();

        // then
        answer.statusCode(415);
    }

    @Test
    void anotherMethodAnswers405() {
        // given
        var request = sandbox();

        // when
        var answer = request.get("/OAuth2/Token").then();

        // then
        answer.statusCode(405);
    }
}
