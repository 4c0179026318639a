package dev.listrakrelay.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox does not start with real credentials or with addresses outside of it. */
class SandboxGuardTest {

    private static final String API = "http://localhost:8090/crosschannel/v1";
    private static final String AUTH = "http://127.0.0.1:8090/OAuth2/Token";

    @Test
    void theSandboxesOwnValuesAreNoMistake() {
        // given
        String sandbox = "sandbox";

        // when
        List<String> mistakes = mistakes(sandbox, sandbox, API, AUTH);

        // then
        assertEquals(List.of(), mistakes);
    }

    @Test
    void aRealCredentialIsNamedWithTheWayOutButNeverRepeated() {
        // given
        String secret = "s3cr3t+of/production";

        // when
        List<String> mistakes = mistakes("sandbox", secret, API, AUTH);

        // then
        assertEquals(
                List.of(
                        "listrak.client-secret: not the sandbox's value, expected \"sandbox\", found a different value;"
                                + " to use the real Listrak, remove the sandbox or dev profile; to use the sandbox, remove this property"),
                mistakes);
    }

    @Test
    void allMistakesAreReportedAtOnce() {
        // given
        String nothing = null;

        // when
        List<String> mistakes = mistakes(nothing, nothing, nothing, nothing);

        // then
        assertEquals(
                List.of("listrak.client-id", "listrak.client-secret", "listrak.api-url", "listrak.auth-url"),
                mistakes.stream().map(mistake -> mistake.split(":")[0]).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.listrak.com/crosschannel/v1",
                "https://localhost:8090/crosschannel/v1",
                "http://localhost:8091/crosschannel/v1",
                "http://localhost/crosschannel/v1",
                "http://localhost:8090@api.listrak.com/crosschannel/v1",
                "http://user@localhost:8090/crosschannel/v1",
                "http://localhost.listrak.com:8090/",
                "localhost:8090",
                "not a url"
            })
    void aUrlOfAnotherServerIsAMistake(String url) {
        // given
        String sandbox = "sandbox";

        // when
        List<String> mistakes = mistakes(sandbox, sandbox, url, AUTH);

        // then
        assertEquals(1, mistakes.size());
        assertTrue(mistakes.get(0).startsWith("listrak.api-url: "), mistakes.get(0));
    }

    @Test
    void onlyTheSandboxAndDevProfilesAskForIt() {
        // given
        List<String> production = List.of("prod", "scale");

        // when
        boolean sandbox = SandboxGuard.isSandbox(production);

        // then
        assertFalse(sandbox);
        assertTrue(SandboxGuard.isSandbox(List.of("scale", "sandbox")));
        assertTrue(SandboxGuard.isSandbox(List.of("dev")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:7071/hook", "http://127.0.0.1:8090/sandbox/webhooks"})
    void aThirdPartyMayBeAnyServerOfThisMachine(String url) {
        assertEquals(List.of(), SandboxGuard.thirdParty("webhook.orders.forward-url", url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://crm.example.com/in", "http://10.0.0.1/in", "http://u:p@localhost/in", "no url"})
    void aThirdPartyElsewhereIsRefused(String url) {
        String mistake =
                SandboxGuard.thirdParty("webhook.orders.forward-url", url).get(0);

        assertTrue(
                mistake.startsWith("webhook.orders.forward-url: not a server of this machine, expected"
                        + " http://localhost:<port>/…, found "),
                mistake);
    }

    private static List<String> mistakes(String clientId, String clientSecret, String apiUrl, String authUrl) {
        Map<String, String> values = new HashMap<>();
        values.put("client-id", clientId);
        values.put("client-secret", clientSecret);
        values.put("api-url", apiUrl);
        values.put("auth-url", authUrl);
        return SandboxGuard.mistakes("listrak", 8090, values::get);
    }
}
