package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.listrak.Accounts;
import dev.listrakrelay.listrak.Contract;
import dev.listrakrelay.listrak.Contracts;
import dev.listrakrelay.mapping.CurrentMapping;
import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.suggest.MappingEdit;
import dev.listrakrelay.suggest.MappingSuggestions;
import dev.listrakrelay.suggest.SuggestedLine;
import dev.listrakrelay.suggest.Suggestion;
import dev.listrakrelay.suggest.UnifiedDiff;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Suggests lines of the mapping, from Listrak's fields and the properties of kept events, as a diff of the mapping file. It
 * shows names, never values, and changes nothing.
 */
@ApplicationScoped
public class AdminSuggestions implements AdminCalls {

    private static final String PATH = "/admin/mapping/suggestions";
    private static final Set<String> KEYS = Set.of("mapping", "file", "hours");
    private static final int MOST_HOURS = 10_000;
    private static final int DAY = 24;
    private static final Pattern FILE = Pattern.compile("[^\\p{Cntrl}]{1,300}");

    private final CurrentMapping current;
    private final Accounts accounts;
    private final Contracts contracts;
    private final AdminSpools spools;
    private final AnsweringProcess process;
    private final Clock clock;
    private final CallTurns turn =
            new CallTurns(1, "suggestions: expected one call at a time, found another; try again in a second");

    AdminSuggestions(
            CurrentMapping current,
            Accounts accounts,
            Contracts contracts,
            AdminSpools spools,
            AnsweringProcess process,
            Clock clock) {
        this.current = current;
        this.accounts = accounts;
        this.contracts = contracts;
        this.spools = spools;
        this.process = process;
        this.clock = clock;
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.get(PATH).blockingHandler(this::suggest, false);
        routes.ask(PATH).blockingHandler(this::suggest, false);
    }

    private void suggest(RoutingContext http) {
        turn.run(http, () -> AdminAnswer.send(http, process.sign(answer(http, parameters(http)))));
    }

    private static Map<String, String> parameters(RoutingContext http) {
        Map<String, String> parameters = AdminParameters.of(http);
        parameters.keySet().stream()
                .filter(name -> !KEYS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw AdminRefusal.of("parameters", "the keys mapping, file, hours", name);
                });
        return parameters;
    }

    private ObjectNode answer(RoutingContext http, Map<String, String> parameters) {
        Instant now = clock.instant();
        Instant from =
                now.minus(Duration.ofHours(AdminSearch.number("hours", parameters.get("hours"), DAY, MOST_HOURS)));
        String file = parameters.getOrDefault("file", current.name());
        if (!FILE.matcher(file).matches()) {
            throw AdminRefusal.of("file", "a file name of at most 300 characters", "another text");
        }
        String yaml = parameters.containsKey("mapping")
                ? parameters.get("mapping")
                : new String(current.active().yaml(), StandardCharsets.UTF_8);
        MappingDraft draft = new MappingDraft(
                yaml, Optional.empty(), accounts.requestFormats().keySet());
        ObjectNode answer = AdminJson.object();
        answer.set("mistakes", draft.mistakes());
        if (!draft.mistakes().isEmpty()) {
            return answer;
        }
        MappingSuggestions suggestions = new MappingSuggestions(draft.mapping(), contracts::schema, this::name);
        Spool spool = spools.searched(Optional.of(AdminSpools.EVENTS)).get(AdminSpools.EVENTS);
        EventSample sample = new EventSample();
        KeptEvents kept = new KeptEvents(spool, from, now, now).each(sample::offer);
        boolean isMasked = AdminRights.isMasked(http);
        int looked = sample.read(
                spool.history(),
                () -> http.response().closed(),
                event -> suggestions.add(isMasked ? AdminMask.event(event) : event));
        answer.put("since", from.toString()).put("looked", looked).put("perName", EventSample.PER_NAME);
        answer.set("kept", kept.json().put("events", kept.kept()));
        return addTo(answer, suggestions, file, yaml);
    }

    private String name(CustomEvent event) {
        return contracts.contract(event).map(Contract::name).orElse(event.account());
    }

    private ObjectNode addTo(ObjectNode answer, MappingSuggestions suggestions, String file, String yaml) {
        ArrayNode customEvents = answer.putArray("customEvents");
        suggestions.customEvents().forEach(event -> {
            ObjectNode one = customEvents.addObject().put("customEvent", name(event));
            Optional<Contract> contract = contracts.contract(event);
            contract.flatMap(Contract::schema)
                    .ifPresent(schema -> one.put("fields", schema.types().size()));
            contract.flatMap(Contract::lastFailure).ifPresent(why -> one.put("lastFailure", why));
        });
        List<Suggestion> all = suggestions.all();
        List<SuggestedLine> lines =
                all.stream().flatMap(suggestion -> suggestion.line().stream()).toList();
        MappingEdit edit = new MappingEdit(yaml, lines);
        ArrayNode list = answer.putArray("suggestions");
        all.forEach(suggestion -> list.add(json(suggestion, edit)));
        return answer.put("diff", UnifiedDiff.of(file, yaml, edit.yaml())).put("mapping", edit.yaml());
    }

    private static ObjectNode json(Suggestion suggestion, MappingEdit edit) {
        ObjectNode json =
                AdminJson.object().put("kind", suggestion.kind().word()).put("customEvent", suggestion.customEvent());
        suggestion.rule().ifPresent(rule -> json.put("rule", rule));
        json.put("field", suggestion.field());
        ArrayNode properties = json.putArray("properties");
        suggestion.properties().forEach(properties::add);
        json.put("count", suggestion.count()).put("of", suggestion.of());
        suggestion.line().ifPresent(line -> json.put("place", line.place())
                .put("line", line.text())
                .put("inDiff", edit.has(line)));
        return json.put("message", suggestion.message());
    }
}
