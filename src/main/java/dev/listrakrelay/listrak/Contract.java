package dev.listrakrelay.listrak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.log.Plural;
import dev.listrakrelay.mapping.DeclaredField;
import dev.listrakrelay.mapping.FieldType;
import dev.listrakrelay.mapping.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Compares the schema of one custom event with the mapping's rules and with the fields that were sent. */
public final class Contract {

    private final String name;
    private final Set<Mismatch> sentMismatches = ConcurrentHashMap.newKeySet();
    private final FieldUse use = new FieldUse();
    private volatile Set<String> mappedFields = Set.of();
    private volatile EventSchema schema;
    private volatile List<ContractIssue> issues = List.of();
    private volatile Instant checked;
    private volatile String lastFailure;

    /** A sent field that the schema does not accept. Without a name, it is any field that no rule names: its name is an event's data. */
    private record Mismatch(Optional<String> field, String reason) {}

    /** @param name its name for operators, such as {@code listrak 11111111-2222-4333-8444-555555555555} */
    Contract(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public Optional<EventSchema> schema() {
        return Optional.ofNullable(schema);
    }

    /** Returns the time when Listrak last answered about the custom event; empty if it never did. */
    public Optional<Instant> checked() {
        return Optional.ofNullable(checked);
    }

    /** Returns why the last attempt to read the schema failed; empty if it succeeded. */
    public Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /** Replaces the schema, and compares it with the rules. The schema is Listrak's answer, or an earlier answer from a file. */
    void update(EventSchema now, Instant when, List<Rule> rules) {
        sentMismatches.removeIf(mismatch -> isFixed(mismatch, now));
        schema = now;
        mappedFields = rules.stream()
                .flatMap(rule -> rule.declaredFields().stream())
                .map(DeclaredField::name)
                .collect(Collectors.toUnmodifiableSet());
        checked = when;
        lastFailure = null;
        List<ContractIssue> found = new ArrayList<>();
        if (!now.isForWorkflow()) {
            found.add(
                    new ContractIssue(
                            "no_workflow",
                            Optional.empty(),
                            name
                                    + ": featureAccess, expected Workflow, found none; without it, no journey can use the custom event"));
        }
        for (Rule rule : rules) {
            rule.declaredFields().forEach(field -> mismatch(rule, field, now).ifPresent(found::add));
        }
        issues = found.stream().distinct().toList();
    }

    private boolean isFixed(Mismatch mismatch, EventSchema now) {
        if (schema == null || mismatch.field().isEmpty()) {
            return !now.equals(schema);
        }
        String field = mismatch.field().get();
        return !Objects.equals(schema.types().get(field), now.types().get(field));
    }

    /** Returns the number of fields, and the number of mapped fields that Listrak would discard. */
    String summary() {
        long missing = issues.stream()
                .filter(issue -> issue.reason().equals(EventSchema.UNKNOWN_FIELD))
                .flatMap(issue -> issue.field().stream())
                .distinct()
                .count();
        return "custom event " + (schema.name().isEmpty() ? name : schema.name()) + " has "
                + Plural.of(schema.types().size(), "field") + ", "
                + (missing == 0
                        ? "including every mapped field"
                        : Plural.of(missing, "mapped field") + (missing == 1 ? " is missing" : " are missing"));
    }

    /** Records that Listrak does not have the custom event, or denies access to it. */
    void refused(String reason, String message, Instant when) {
        checked = when;
        lastFailure = null;
        issues = List.of(new ContractIssue(reason, Optional.empty(), name + ": " + message));
    }

    /** Records that the schema could not be read. The previous schema stays in force. */
    void failed(String why) {
        lastFailure = why;
    }

    private Optional<ContractIssue> mismatch(Rule rule, DeclaredField field, EventSchema known) {
        String type = known.types().get(field.name());
        String where = name + ": field " + field.name() + " of " + rule + ": ";
        if (type == null) {
            return field.isSent()
                    ? Optional.of(new ContractIssue(
                            EventSchema.UNKNOWN_FIELD,
                            Optional.of(field.name()),
                            where + "not in the schema, Listrak discards it silently"))
                    : Optional.empty();
        }
        FieldType expected = FieldType.byListrakName(type);
        return expected == null || field.fits(expected)
                ? Optional.empty()
                : Optional.of(new ContractIssue(
                        EventSchema.WRONG_TYPE,
                        Optional.of(field.name()),
                        where + "wrong type, expected " + type + ", found "
                                + (field.as() == null
                                        ? "another type"
                                        : field.as().listrakName())));
    }

    /** Checks the fields of a Listrak event before it is sent. With {@code isStrict}, removes those that the schema does not accept. */
    void check(ObjectNode fields, boolean isStrict, long now, Listener listener) {
        EventSchema known = schema;
        if (known == null) {
            return;
        }
        Iterator<Map.Entry<String, JsonNode>> all = fields.properties().iterator();
        while (all.hasNext()) {
            Map.Entry<String, JsonNode> field = all.next();
            String reason = known.mismatch(field.getKey(), field.getValue());
            use.count(field.getKey(), field.getValue(), reason, now);
            if (reason != null) {
                report(field.getKey(), reason, listener);
                if (isStrict) {
                    all.remove();
                }
            }
        }
    }

    /** Receives each sent field that the schema does not accept, with an issue if it is the first of its kind. */
    interface Listener {
        void mismatch(String reason, Optional<ContractIssue> first);
    }

    private void report(String field, String reason, Listener listener) {
        boolean isNamed = reason.equals(EventSchema.WRONG_TYPE) || mappedFields.contains(field);
        Mismatch mismatch = new Mismatch(isNamed ? Optional.of(field) : Optional.empty(), reason);
        boolean isFirst = sentMismatches.add(mismatch);
        listener.mismatch(reason, isFirst ? Optional.of(issue(mismatch)) : Optional.empty());
    }

    private ContractIssue issue(Mismatch mismatch) {
        String field = mismatch.field().map(name -> "field " + name).orElse("fields that no rule names");
        boolean isUnknown = mismatch.reason().equals(EventSchema.UNKNOWN_FIELD);
        return new ContractIssue(
                mismatch.reason(),
                mismatch.field(),
                name + ": " + field + ": sent, but "
                        + (isUnknown
                                ? "not in the schema, Listrak discards it silently"
                                : "with a wrong type, expected "
                                        + mismatch.field()
                                                .map(known -> schema.types().get(known))
                                                .orElse("the type in the schema")));
    }

    /** Returns the state of each field, in the schema's order; an empty list while the schema is unknown. */
    public List<ContractField> fields() {
        EventSchema known = schema;
        return known == null
                ? List.of()
                : known.types().entrySet().stream()
                        .map(field -> ContractField.of(field.getKey(), field.getValue(), use))
                        .toList();
    }

    /** Returns the fields that were sent since the start and are not in the schema, by name. */
    public Map<String, FieldUse.Sent> discardedFields() {
        return use.unknown();
    }

    /** Returns the issues of the rules, then those of the fields that were sent. */
    public List<ContractIssue> issues() {
        List<ContractIssue> all = new ArrayList<>(issues);
        sentMismatches.forEach(mismatch -> all.add(issue(mismatch)));
        return all;
    }
}
