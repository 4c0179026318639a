package dev.listrakrelay.listrak;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.mapping.Rule;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Requests a token of an account and the schemas of the mapping's custom events, without starting the relay. */
public final class AccountProbe {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final String account;
    private final String prefix;
    private final UnaryOperator<String> value;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final List<String> successes = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();

    /**
     * @param account the account's name in the mapping
     * @param value the configured value by the last part of its key
     */
    public AccountProbe(String account, UnaryOperator<String> value) {
        this.account = account;
        this.prefix = account.equals(CustomEvent.DEFAULT_ACCOUNT) ? "listrak." : "listrak." + account + ".";
        this.value = value;
    }

    /** Returns a line for each successful check. */
    public List<String> successes() {
        return successes;
    }

    /** Returns the failed checks, each as <em>where: what, expected, found</em> and the way to fix it. */
    public List<String> mistakes() {
        return mistakes;
    }

    /**
     * Sends the requests, and collects the results.
     *
     * @param rules the mapping's rules for all accounts
     */
    public void run(List<Rule> rules) throws InterruptedException {
        String where = key("auth-url");
        try {
            HttpResponse<byte[]> answer = http.send(tokenRequest(), BodyHandlers.ofByteArray());
            String token = answer.statusCode() / 100 == 2
                    ? new ObjectMapper()
                            .readTree(answer.body())
                            .path("access_token")
                            .asText("")
                    : "";
            if (token.isEmpty()) {
                mistakes.add(where + ": expected a token, found status " + answer.statusCode() + "; "
                        + TokenAnswer.remedy(this::key));
                return;
            }
            successes.add(where + ": Listrak accepts the credentials of " + key("client-id"));
            where = key("api-url");
            for (String uid : customEvents(rules)) {
                checkSchema(uid, token, rules);
            }
        } catch (IOException e) {
            mistakes.add(where + ": no valid answer, " + e + "; check the address, DNS and firewalls");
        }
    }

    private HttpRequest tokenRequest() {
        String form = "grant_type=client_credentials&client_id=" + URLEncoder.encode(value.apply("client-id"), UTF_8)
                + "&client_secret=" + URLEncoder.encode(value.apply("client-secret"), UTF_8);
        return HttpRequest.newBuilder(URI.create(value.apply("auth-url")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofString(form))
                .build();
    }

    private TreeSet<String> customEvents(List<Rule> rules) {
        TreeSet<String> uids = new TreeSet<>(List.of(value.apply("event-uid")));
        rules.stream()
                .flatMap(rule -> rule.customEvent().stream())
                .filter(event -> event.account().equals(account))
                .forEach(event -> uids.add(uid(event)));
        return uids;
    }

    private String uid(CustomEvent event) {
        return event.eventUid().map(Object::toString).orElseGet(() -> value.apply("event-uid"));
    }

    private void checkSchema(String uid, String token, List<Rule> rules) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(value.apply("api-url") + "/eventConfigurations/" + uid))
                .header("Authorization", "Bearer " + token)
                .timeout(TIMEOUT)
                .build();
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() / 100 != 2) {
            mistakes.add(key("api-url") + ": custom event " + uid + ": status " + answer.statusCode() + ", "
                    + Account.hints(this::key).getOrDefault(answer.statusCode(), "expected status 200"));
            return;
        }
        Contract contract = new Contract(account + " " + uid);
        contract.update(
                EventSchema.read(answer.body()),
                Instant.now(),
                rules.stream()
                        .filter(rule -> rule.customEvent()
                                .filter(event -> event.account().equals(account)
                                        && uid(event).equals(uid))
                                .isPresent())
                        .toList());
        successes.add(key("event-uid") + ": " + contract.summary());
        contract.issues().forEach(issue -> mistakes.add(issue.message()));
    }

    private String key(String last) {
        return prefix + last;
    }
}
