package dev.listrakrelay.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.listrakrelay.mapping.CurrentMapping;
import dev.listrakrelay.mapping.JsonTree;
import dev.listrakrelay.mapping.MappingCase;
import dev.listrakrelay.mapping.MappingFailed;
import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.TracedEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Turns an event into a case for a file of cases: the event with pseudonyms for personal data, and the result of the current
 * mapping.
 */
@ApplicationScoped
public class AdminEventCase implements AdminCalls {

    private static final JsonFactory JSON = new JsonFactory();
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .build())
            .build();

    private final AdminSpools spools;
    private final CurrentMapping mapping;

    AdminEventCase(AdminSpools spools, CurrentMapping mapping) {
        this.spools = spools;
        this.mapping = mapping;
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.ask("/admin/events/:seq/case").blockingHandler(this::make, false);
    }

    private void make(RoutingContext http) {
        Event event = event(spools.of(http), AdminSpools.seq(http));
        if (!Event.TYPES.contains(event.type())) {
            throw new AdminRefusal(400, "seq: expected an event of a type that can be mapped, found another type");
        }
        try {
            MappingCase made = made(event).withResultsOf(mapping.get());
            AdminAnswer.send(http, AdminJson.object().put("yaml", yaml(made)));
        } catch (MappingFailed e) {
            throw new AdminRefusal(400, "seq: expected an event that the mapping can map, found one that it can't");
        }
    }

    private static Event event(Spool spool, long seq) {
        return spool.history()
                .get(seq)
                .map(TracedEvent::event)
                .or(() -> spool.deadLetters().get(seq).map(DeadLetter::event))
                .orElseThrow(() ->
                        new AdminRefusal(404, "seq: unknown, expected an event within spool.history or a dead letter"));
    }

    private static MappingCase made(Event event) {
        Pseudonyms pseudonyms = new Pseudonyms();
        ObjectNode given = JsonNodeFactory.instance.objectNode().put("type", event.type());
        given.setAll(pseudonyms.of(tree(event)));
        Optional<String> learned =
                event.identity().isLearned() ? event.identity().email().map(pseudonyms::email) : Optional.empty();
        String name = event.type() + (event.name().isEmpty() ? "" : " " + event.name());
        return new MappingCase(name, given, learned, List.of(), Optional.empty());
    }

    private static ObjectNode tree(Event event) {
        try (JsonParser in = JSON.createParser(event.raw())) {
            in.nextToken();
            return JsonTree.value(in) instanceof ObjectNode tree ? tree : JsonNodeFactory.instance.objectNode();
        } catch (IOException unreadable) {
            throw new AdminRefusal(400, "seq: expected an event whose payload is a JSON object, found another payload");
        }
    }

    static String yaml(MappingCase made) {
        ObjectNode one = JsonNodeFactory.instance.objectNode().put("case", made.name());
        one.set("given", made.given());
        made.learned().ifPresent(email -> one.put("learned", email));
        if (made.dropped().isPresent()) {
            one.put("dropped", made.dropped().get());
        } else if (made.expected().size() == 1) {
            one.set("expect", made.expected().get(0));
        } else {
            ArrayNode expected = one.putArray("expect");
            made.expected().forEach((JsonNode event) -> expected.add(event));
        }
        try {
            return YAML.writeValueAsString(JsonNodeFactory.instance.arrayNode().add(one));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
