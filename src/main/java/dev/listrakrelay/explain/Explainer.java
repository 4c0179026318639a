package dev.listrakrelay.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.ingest.SingleEventReader;
import dev.listrakrelay.ingest.UnreadableRequest;
import dev.listrakrelay.listrak.EventSchema;
import dev.listrakrelay.listrak.RequestFormat;
import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.mapping.Dropped;
import dev.listrakrelay.mapping.EventTime;
import dev.listrakrelay.mapping.FieldCheck;
import dev.listrakrelay.mapping.ListrakEvent;
import dev.listrakrelay.mapping.Mapping;
import dev.listrakrelay.mapping.MappingFailed;
import dev.listrakrelay.mapping.MappingResult;
import dev.listrakrelay.mapping.MatchResult;
import dev.listrakrelay.mapping.Rule;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identities;
import dev.listrakrelay.spool.StandIns;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Explains what the mapping makes of an event: which rule matches and why the others don't, the contact's identifiers,
 * each request's body and size, and which fields Listrak would discard.
 *
 * @param file the mapping file's name
 * @param formats account name → the format of its requests
 * @param schemas custom event → its schema, if known
 * @param check removes the fields that are not sent
 * @param identities the e-mails that earlier events had
 * @param standIns ids that belong to no contact, such as {@code undefined}
 */
public record Explainer(
        Mapping mapping,
        String file,
        Function<String, RequestFormat> formats,
        Function<CustomEvent, Optional<EventSchema>> schemas,
        FieldCheck check,
        Identities identities,
        StandIns standIns) {

    private static final Pattern PLACEHOLDER = Pattern.compile("[$#%]?\\{+\\s*([A-Za-z_][\\w.-]*)\\s*\\}+");

    /**
     * @param json one event as its source would post it
     * @param now its time of receipt
     */
    public ObjectNode explain(byte[] json, Instant now) {
        ObjectNode told = JsonNodeFactory.instance.objectNode().put("mapping", file);
        try {
            Event event = identities.fillIn(SingleEventReader.read(json, mapping.contactMembers(), standIns, now));
            ObjectNode read = told.putObject("event")
                    .put("type", event.type())
                    .put("name", event.name())
                    .put("ordered_by", event.contact());
            if (EventTime.isUnreadable(event.raw())) {
                read.put("time", EventTime.UNREADABLE + "; a live call counts as of now, all else is refused");
            }
            return explain(event, told);
        } catch (UnreadableRequest e) {
            return told.put("outcome", "refused at the door").put("reason", e.getMessage());
        } catch (MappingFailed e) {
            return told.put("outcome", "dead letter").put("reason", e.getMessage());
        }
    }

    /** Explains an event that was accepted already, with the e-mail that is known of its contact. */
    public ObjectNode explain(Event accepted) {
        ObjectNode told = JsonNodeFactory.instance.objectNode().put("mapping", file);
        try {
            return explain(accepted, told);
        } catch (MappingFailed e) {
            return told.put("outcome", "dead letter").put("reason", e.getMessage());
        }
    }

    private ObjectNode explain(Event event, ObjectNode told) {
        LostFields lost = new LostFields(check);
        List<MappingResult> mapped = mapping.map(event, lost);
        boolean isSent = mapped.stream().anyMatch(ListrakEvent.class::isInstance);
        told.put("outcome", isSent ? "sent" : "dropped");
        if (!isSent) {
            told.put("reason", ((Dropped) mapped.get(0)).reason());
        }
        ArrayNode rules = told.putArray("rules");
        for (MatchResult verdict : mapping.verdicts(event)) {
            ObjectNode rule = rules.addObject().put("rule", verdict.rule().place());
            verdict.rule().eventName().ifPresent(name -> rule.put("event_name", name));
            rule.put("verdict", verdict.why());
            addPlaceholders(verdict.rule(), rule);
        }
        ArrayNode requests = told.putArray("requests");
        for (MappingResult one : mapped) {
            if (one instanceof ListrakEvent listrakEvent) {
                requests.add(request(listrakEvent, lost.next()));
            } else if (isSent) {
                requests.addObject().put("dropped", ((Dropped) one).reason());
            }
        }
        return told;
    }

    /** A mapping fills in nothing: its constants are sent as they stand. */
    private static void addPlaceholders(Rule rule, ObjectNode told) {
        rule.texts()
                .forEach((field, text) -> PLACEHOLDER.matcher(text).results().forEach(found -> told.withArray(
                                "placeholders")
                        .add(field + ": " + found.group()
                                + " is sent as it stands, expected a JSONPath such as $.properties."
                                + found.group(1))));
    }

    private ObjectNode request(ListrakEvent event, List<String> lost) {
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        ArrayNode identifiers = told.putArray("identifiers");
        event.identifiers().forEach(identifier -> identifiers
                .addObject()
                .put("type", identifier.type().key())
                .put("value", identifier.value())
                .put("path", identifier.path()));
        String account = event.customEvent().account();
        if (!account.equals(CustomEvent.DEFAULT_ACCOUNT)) {
            told.put("account", account);
        }
        byte[] body = formats.apply(account).body(List.of(event));
        told.put("body", new String(body, StandardCharsets.UTF_8)).put("bytes", body.length);
        if (!lost.isEmpty()) {
            lost.forEach(told.putArray("not_converted")::add);
        }
        Optional<EventSchema> schema = schemas.apply(event.customEvent());
        if (schema.isPresent()) {
            ArrayNode discarded = told.putArray("discarded");
            schema.get().discardedOf(event).forEach(discarded::add);
        } else {
            told.put("discarded", "not known, the custom event's schema was not given");
        }
        return told;
    }
}
