package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads one rule of a mapping file. */
final class RuleReader {
    private static final String[] KEYS = {
        "when",
        "event_name",
        "drop",
        "account",
        "event_uid",
        "company_id",
        "consent",
        "expires_after",
        "unknown_outcome",
        "split",
        "fields"
    };
    private static final String NAMES = "an event name or a list of them";
    private static final List<String> NEEDED_TO_DROP = List.of("when", "drop");
    private static final String TYPES = "one of " + String.join(", ", Event.TYPES);
    private static final List<String> NAMED_TYPES = List.of("track", "page", "screen");
    private static final Pattern REASON = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final Map<String, String> TYPE_WORDS = new LinkedHashMap<>();

    static {
        Event.TYPES.forEach(type -> TYPE_WORDS.put(type, type));
    }

    private RuleReader() {}

    static Optional<RuleDraft> read(YamlNode event, String origin) {
        if (!event.hasKeys(KEYS)) {
            return Optional.empty();
        }
        Optional<EventMatcher> when = when(event.at("when"));
        Optional<String> drop = event.at("drop").isPresent() ? drop(event) : Optional.empty();
        Optional<String> name = event.at("drop").isPresent()
                ? Optional.of("")
                : event.at("event_name").text("the name of the event at Listrak");
        CustomEvent customEvent = new CustomEvent(
                account(event.at("account")), eventUid(event.at("event_uid")), companyId(event.at("company_id")));
        Optional<EventPath> split =
                event.at("split").isPresent() ? event.at("split").jsonPath() : Optional.empty();
        Fields fields = FieldsReader.read(event.at("fields"));
        boolean isWithoutConsent = event.at("consent").equalsText("none");
        Optional<Condition> consent =
                isWithoutConsent ? Optional.empty() : ConditionReader.consent(event.at("consent"));
        return when.flatMap(matcher -> name.map(text -> new RuleDraft(
                origin + event.path(),
                matcher,
                drop,
                text,
                customEvent,
                split,
                fields,
                consent,
                isWithoutConsent,
                Age.read(event.at("expires_after")),
                UnknownOutcome.read(event.at("unknown_outcome")))));
    }

    private static Optional<String> drop(YamlNode event) {
        for (String key : KEYS) {
            if (!NEEDED_TO_DROP.contains(key) && event.at(key).isPresent()) {
                event.at(key).mistake("never used, expected no other key beside drop: its events are not sent");
            }
        }
        YamlNode drop = event.at("drop");
        String expected = "a reason such as test_order";
        Optional<String> reason = drop.text(expected);
        if (reason.isPresent() && !REASON.matcher(reason.get()).matches()) {
            drop.mistake(
                    "invalid reason, expected at most 40 of a-z, 0-9 and _, such as test_order, found " + reason.get());
        }
        return reason;
    }

    private static Optional<EventMatcher> when(YamlNode when) {
        if (!when.hasKeys("type", "event", "where")) {
            return Optional.empty();
        }
        List<String> types = types(when.at("type"));
        YamlNode event = when.at("event");
        List<String> names = event.isPresent() ? event.texts(NAMES, "an event name") : List.of();
        if (event.isPresent() && !types.isEmpty() && types.stream().noneMatch(NAMED_TYPES::contains)) {
            event.mistake("never matches, expected only with type " + String.join(", ", NAMED_TYPES) + ", found type "
                    + String.join(", ", types));
        }
        Optional<Condition> where = ConditionReader.where(when.at("where"));
        return types.isEmpty() ? Optional.empty() : Optional.of(new EventMatcher(types, names, where));
    }

    private static List<String> types(YamlNode node) {
        return node.oneOrList(TYPES).stream()
                .flatMap(item -> item.oneOf("type", TYPE_WORDS).stream())
                .toList();
    }

    private static String account(YamlNode node) {
        Optional<String> name = node.isPresent() ? node.text("the name of an account") : Optional.empty();
        return name.orElse(CustomEvent.DEFAULT_ACCOUNT);
    }

    private static Optional<UUID> eventUid(YamlNode node) {
        String expected = "the UUID of a custom event";
        Optional<String> text = node.isPresent() ? node.text(expected) : Optional.empty();
        try {
            return text.filter(uid -> uid.length() == 36).map(UUID::fromString).or(() -> {
                text.ifPresent(other -> node.mistake("not a UUID, expected " + expected + ", found " + other));
                return Optional.empty();
            });
        } catch (IllegalArgumentException e) {
            node.mistake("not a UUID, expected " + expected + ", found " + text.orElse(""));
            return Optional.empty();
        }
    }

    private static Optional<Long> companyId(YamlNode node) {
        boolean isNumber = node.value().isIntegralNumber()
                && node.value().canConvertToLong()
                && node.value().longValue() > 0;
        if (node.isPresent() && !isNumber) {
            node.mistake("wrong type, expected a positive whole number, found " + node.found());
        }
        return isNumber ? Optional.of(node.value().longValue()) : Optional.empty();
    }
}
