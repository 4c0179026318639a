package dev.listrakrelay.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.ingest.SingleEventReader;
import dev.listrakrelay.ingest.UnreadableRequest;
import dev.listrakrelay.listrak.EventSchema;
import dev.listrakrelay.listrak.RequestFormat;
import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.mapping.DroppedEvent;
import dev.listrakrelay.mapping.EventTime;
import dev.listrakrelay.mapping.FieldCheck;
import dev.listrakrelay.mapping.ListrakEvent;
import dev.listrakrelay.mapping.Mapping;
import dev.listrakrelay.mapping.MappingFailed;
import dev.listrakrelay.mapping.MappingResult;
import dev.listrakrelay.mapping.MatchResult;
import dev.listrakrelay.mapping.Rule;
import dev.listrakrelay.mapping.UnknownOutcome;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identities;
import dev.listrakrelay.spool.StandInIds;
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
        StandInIds standIns) {

    private static final Pattern PLACEHOLDER = Pattern.compile("[$#%]?\\{+\\s*([A-Za-z_][\\w.-]*)\\s*\\}+");

    /**
     * Explains an event that is not stored.
     *
     * @param json one event as its source would post it
     * @param now its time of receipt
     */
    public ObjectNode explain(byte[] json, Instant now) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("mapping", file);
        try {
            Event event = identities.fillIn(SingleEventReader.read(json, mapping.contactMembers(), standIns, now));
            ObjectNode eventFields = answer.putObject("event")
                    .put("type", event.type())
                    .put("name", event.name())
                    .put("ordered_by", event.contact());
            if (EventTime.isUnreadable(event.raw())) {
                eventFields.put(
                        "time",
                        EventTime.UNREADABLE
                                + "; a live request gets the time of receipt, any other source rejects the event");
            }
            return explain(event, answer);
        } catch (UnreadableRequest e) {
            return answer.put("outcome", "rejected by the intake").put("reason", e.getMessage());
        } catch (MappingFailed e) {
            return answer.put("outcome", "dead letter").put("reason", e.getMessage());
        }
    }

    /** Explains an event that was accepted already, with the e-mail that earlier events of its contact had. */
    public ObjectNode explain(Event accepted) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("mapping", file);
        try {
            return explain(accepted, answer);
        } catch (MappingFailed e) {
            return answer.put("outcome", "dead letter").put("reason", e.getMessage());
        }
    }

    private ObjectNode explain(Event event, ObjectNode answer) {
        LostFields lostFields = new LostFields(check);
        List<MappingResult> mapped = mapping.map(event, lostFields);
        boolean isSent = mapped.stream().anyMatch(ListrakEvent.class::isInstance);
        answer.put("outcome", isSent ? "sent" : "dropped");
        if (!isSent) {
            answer.put("reason", ((DroppedEvent) mapped.get(0)).reason());
        }
        ArrayNode rules = answer.putArray("rules");
        List<Rule> sending = mapping.match(event).rules();
        for (MatchResult result : mapping.matchResults(event)) {
            ObjectNode rule = rules.addObject().put("rule", result.rule().location());
            result.rule().eventName().ifPresent(name -> rule.put("event_name", name));
            rule.put("verdict", result.why());
            if (sending.contains(result.rule())) {
                addUnfilled(result.rule(), event, rule);
            }
            addPlaceholders(result.rule(), rule);
        }
        ArrayNode requests = answer.putArray("requests");
        for (MappingResult mappingResult : mapped) {
            if (mappingResult instanceof ListrakEvent listrakEvent) {
                requests.add(request(listrakEvent, lostFields.next()));
            } else if (isSent) {
                requests.addObject().put("dropped", ((DroppedEvent) mappingResult).reason());
            }
        }
        return answer;
    }

    /** Adds a note for each placeholder for which the event has no value. */
    private static void addUnfilled(Rule rule, Event event, ObjectNode answer) {
        rule.unfilled(event).forEach((field, unfilled) -> answer.withArray("placeholders")
                .add(field + ": the event has no value for " + String.join(", ", unfilled)));
    }

    /** Adds a note for each constant that looks like a placeholder of another tool. The relay sends constants unchanged. */
    private static void addPlaceholders(Rule rule, ObjectNode answer) {
        rule.constantTexts()
                .forEach((field, text) -> PLACEHOLDER.matcher(text).results().forEach(found -> answer.withArray(
                                "placeholders")
                        .add(field + ": " + found.group()
                                + " is sent as plain text, expected a path in braces such as {properties."
                                + found.group(1) + "}")));
    }

    private ObjectNode request(ListrakEvent event, List<String> lostFields) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode identifiers = answer.putArray("identifiers");
        event.identifiers().forEach(identifier -> identifiers
                .addObject()
                .put("type", identifier.type().key())
                .put("value", identifier.value())
                .put("path", identifier.path()));
        String account = event.customEvent().account();
        if (!account.equals(CustomEvent.DEFAULT_ACCOUNT)) {
            answer.put("account", account);
        }
        byte[] body = formats.apply(account).body(List.of(event));
        answer.put("body", new String(body, StandardCharsets.UTF_8)).put("bytes", body.length);
        if (event.unknownOutcome() == UnknownOutcome.HOLD) {
            answer.put("unknown_outcome", "hold");
        }
        if (!lostFields.isEmpty()) {
            lostFields.forEach(answer.putArray("not_converted")::add);
        }
        Optional<EventSchema> schema = schemas.apply(event.customEvent());
        if (schema.isPresent()) {
            ArrayNode discarded = answer.putArray("discarded");
            schema.get().discardedOf(event).forEach(discarded::add);
        } else {
            answer.put("discarded", "unknown, the custom event's schema is missing");
        }
        return answer;
    }
}
