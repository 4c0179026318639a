package dev.listrakrelay.k8s;

import static java.util.stream.Collectors.toCollection;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import dev.listrakrelay.docs.MetricsTable;
import dev.listrakrelay.packaged.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each alert rule fires when it should, says what happened, and has its section in {@code alerts.md}. */
class AlertRulesTest {

    private static final Path TESTS = Path.of("src/test/resources/k8s/alert-rules.test.yaml");
    private static final String PAGE = "src/docs/alerts.md";
    private static final Pattern SECTION = Pattern.compile("(?m)^## (ListrakRelay\\w+)$");
    private static final Pattern EXPECTED =
            Pattern.compile("ALERTS\\{alertname=\"(\\w+)\"[^\n]*(?:\n +eval_time[^\n]*\n +)?exp_samples: \\[(.?)");

    @TempDir
    Path folder;

    @Test
    void theRulesAreValidAndEachFiresWhenItShould() throws IOException {
        // given
        Machine.assumeInstalled("promtool");
        AlertRules.writeTo(folder.resolve("alert-rules.yaml"));
        Files.copy(TESTS, folder.resolve(TESTS.getFileName()));

        // when
        String checked = Machine.runIn(folder, "promtool", "check", "rules", "alert-rules.yaml");
        String tested = Machine.runIn(
                folder, "promtool", "test", "rules", TESTS.getFileName().toString());

        // then
        assertThat(checked, containsString("SUCCESS"));
        assertThat(tested, containsString("SUCCESS"));
    }

    @Test
    void everyAlertHasATestInWhichItFiresAndOneInWhichItDoesNot() throws IOException {
        // given
        Set<String> firing = new TreeSet<>();
        Set<String> quiet = new TreeSet<>();

        // when
        EXPECTED.matcher(Files.readString(TESTS))
                .results()
                .forEach(found -> (found.group(2).equals("]") ? quiet : firing).add(found.group(1)));

        // then
        assertThat(firing, is(names()));
        assertThat(quiet, is(names()));
    }

    @Test
    void everyAlertHasItsSectionAndEverySectionItsAlert() throws IOException {
        // given
        Set<String> sections = SECTION.matcher(Files.readString(Path.of(PAGE)))
                .results()
                .map(section -> section.group(1))
                .collect(toCollection(TreeSet::new));

        // when
        Set<String> alerts = names();

        // then
        assertThat(sections, is(alerts));
        for (JsonNode rule : AlertRules.all()) {
            String anchor = "#" + rule.path("alert").asText().toLowerCase(Locale.ROOT);
            assertThat(rule.at("/annotations/runbook_url").asText(), is(PAGE + anchor));
        }
    }

    @Test
    void everyAlertSaysHowBadItIsWhatHappenedAndWhatToDo() throws IOException {
        for (JsonNode rule : AlertRules.all()) {
            String name = rule.path("alert").asText();
            assertThat(name, rule.at("/labels/severity").asText(), is(in(List.of("critical", "warning"))));
            assertThat(name, rule.at("/annotations/summary").asText().length(), greaterThan(20));
            assertThat(name, sentences(rule.at("/annotations/description").asText()), greaterThan(1L));
        }
    }

    @Test
    void theRulesAskForNoMetricThatTheRelayDoesNotHave() throws IOException {
        // when
        Set<String> asked = MetricsTable.metricsIn(AlertRules.all().toString());

        // then
        assertThat(asked, hasItem("listrak_relay_parked"));
        assertThat(asked, everyItem(is(in(MetricsTable.read().keySet()))));
    }

    @Test
    void theDashboardShowsEveryMetricAndNoOther() throws IOException {
        // when
        Set<String> shown = MetricsTable.metricsIn(String.join("\n", Dashboard.queries()));

        // then
        assertThat(shown, is(MetricsTable.read().keySet()));
    }

    @Test
    void everyPanelSaysWhatItShowsAndAsksTheDataSourceThatIsChosen() throws IOException {
        // given
        List<JsonNode> panels = Dashboard.panels();

        // when
        List<Integer> ids =
                panels.stream().map(panel -> panel.path("id").asInt()).toList();

        // then
        assertThat(new TreeSet<>(ids).size(), is(ids.size()));
        assertThat(Dashboard.queries(), is(not(empty())));
        for (JsonNode panel : panels) {
            String title = panel.path("title").asText();
            assertThat(title, panel.path("description").asText(), is(not("")));
            assertThat(title, panel.at("/datasource/uid").asText(), is("${datasource}"));
        }
    }

    private static Set<String> names() throws IOException {
        return AlertRules.all().stream()
                .map(rule -> rule.path("alert").asText())
                .collect(toCollection(TreeSet::new));
    }

    private static long sentences(String text) {
        return Stream.of(text.split("[.?!](?: |$)")).count();
    }

    static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
