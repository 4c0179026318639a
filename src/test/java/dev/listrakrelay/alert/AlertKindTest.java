package dev.listrakrelay.alert;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.listrakrelay.k8s.AlertRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An alert of the relay and an alert of Prometheus about the same thing have the same name and the same severity. */
class AlertKindTest {

    /** A relay that is down tells nothing, and only Prometheus knows how many events a usual day drops. */
    private static final List<String> ONLY_IN_PROMETHEUS = List.of("ListrakRelayDown", "ListrakRelayDropsUnusual");

    private static final List<AlertKind> ONLY_IN_THE_RELAY = List.of(AlertKind.MANY_ALERTS, AlertKind.TEST);

    @Test
    void everyAlertHasTheNameAndTheSeverityOfItsRule() throws IOException {
        // given
        Map<String, String> rules = AlertRules.severities();
        ONLY_IN_PROMETHEUS.forEach(rules::remove);

        // when
        Map<String, String> kinds = new TreeMap<>();
        kinds().forEach(kind -> kinds.put(kind.alert(), kind.severity().toString()));

        // then
        assertThat(kinds, is(rules));
    }

    @Test
    void everyAlertLinksToItsSection() throws IOException {
        // when
        String page = Files.readString(Path.of("src/docs/alerts.md"));

        // then
        for (AlertKind kind : AlertKind.values()) {
            assertThat(page, containsString("## " + kind.alert() + "\n"));
        }
    }

    @Test
    void everyAlertLinksToAViewOfThePage() {
        // when
        List<String> views =
                Arrays.stream(AlertKind.values()).map(AlertKind::view).toList();

        // then
        views.forEach(view ->
                assertThat(List.of("overview", "live", "dead", "dropped", "contract", "settings"), hasItem(view)));
    }

    private static Stream<AlertKind> kinds() {
        return Arrays.stream(AlertKind.values()).filter(kind -> !ONLY_IN_THE_RELAY.contains(kind));
    }
}
