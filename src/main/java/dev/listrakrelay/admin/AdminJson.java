package dev.listrakrelay.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.listrakrelay.mapping.EventTime;
import dev.listrakrelay.spool.AmbiguousEvent;
import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.TracedEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Converts events, their steps and dead letters to JSON. Numbers of a payload keep all their digits. */
final class AdminJson {

    private static final ObjectReader WHOLE =
            new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private AdminJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Returns an event as an entry of a list: with its last step. */
    static ObjectNode line(TracedEvent trace) {
        EventStep last = trace.steps().get(trace.steps().size() - 1);
        return event(trace.event()).setAll(step(last));
    }

    /** Returns an event with its payload and all its steps. */
    static ObjectNode whole(TracedEvent trace) {
        ObjectNode whole = line(trace);
        ArrayNode steps = whole.putArray("steps");
        steps(trace.steps()).forEach(steps::add);
        if (isUndated(trace.event()) && trace.steps().get(0).outcome().equals("accepted")) {
            ((ObjectNode) steps.get(0)).put("reason", EventTime.UNREADABLE + "; the time of its acceptance is used");
        }
        return payload(whole, trace.event());
    }

    /** Adds each request to the step that followed from it. A request without such a step is a step of its own. */
    private static List<ObjectNode> steps(List<EventStep> all) {
        List<ObjectNode> shown = new ArrayList<>();
        ObjectNode attempted = null;
        for (EventStep step : all) {
            Optional<ObjectNode> request = SentRequest.of(step);
            ObjectNode line = request.isPresent() ? step(new EventStep(step.at(), step.outcome(), "")) : step(step);
            if (request.isPresent()) {
                line.set("request", request.get());
            } else if (attempted != null) {
                shown.remove(attempted);
                line.set("request", attempted.get("request"));
            }
            attempted = request.isPresent() ? line : null;
            shown.add(line);
        }
        return shown;
    }

    /** Returns true if the event's time can't be read. A webhook has no such time, because its sender decides its JSON. */
    private static boolean isUndated(Event event) {
        return Event.TYPES.contains(event.type()) && EventTime.isUnreadable(event.raw());
    }

    static ObjectNode line(DeadLetter letter) {
        return event(letter.event())
                .put("reason", letter.reason())
                .put("answer", letter.answer())
                .put("request", letter.request())
                .put("attempts", letter.attempts())
                .put("diedAt", letter.diedAt().toString());
    }

    static ObjectNode line(AmbiguousEvent entry) {
        return event(entry.event()).setAll(twice(entry));
    }

    /** Returns why a destination may have an event twice. */
    static ObjectNode twice(AmbiguousEvent entry) {
        ObjectNode line = object().put("destination", entry.destination())
                .put("cause", entry.cause())
                .put("sendings", entry.sendings())
                .put("sentAt", entry.sentAt().toString());
        entry.sentAgainAt().ifPresent(at -> line.put("sentAgainAt", at.toString()));
        line.put("outcome", entry.outcome());
        entry.settledAt().ifPresent(at -> line.put("settledAt", at.toString()));
        return line;
    }

    static ObjectNode whole(DeadLetter letter) {
        return payload(line(letter), letter.event());
    }

    private static ObjectNode payload(ObjectNode json, Event event) {
        String text = new String(event.raw(), StandardCharsets.UTF_8);
        return isJson(text) ? json.putRawValue("payload", new RawValue(text)) : json.put("payload", text);
    }

    /** Returns true if the text is one JSON value. The payload of a webhook can be any text. */
    private static boolean isJson(String text) {
        try {
            return !WHOLE.readTree(text).isMissingNode();
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }

    private static ObjectNode event(Event event) {
        return object().put("seq", event.seq())
                .put("messageId", event.messageId())
                .put("source", event.source())
                .put("type", event.type())
                .put("name", event.name())
                .put("contact", event.contact())
                .put("receivedAt", event.receivedAt().toString());
    }

    private static ObjectNode step(EventStep step) {
        return object().put("outcome", step.outcome())
                .put("reason", step.reason())
                .put("at", step.at().toString());
    }
}
