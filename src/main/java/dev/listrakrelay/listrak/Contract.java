package dev.listrakrelay.listrak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

    private final String what;
    private final Set<Misfit> sent = ConcurrentHashMap.newKeySet();
    private final FieldUse use = new FieldUse();
    private volatile Set<String> ofTheMapping = Set.of();
    private volatile EventSchema schema;
    private volatile List<ContractIssue> findings = List.of();
    private volatile Instant checked;
    private volatile String notChecked;

    /** A field that was sent and that the schema can't take; empty: any that only events name, for a name is data then. */
    private record Misfit(Optional<String> field, String reason) {}

    /** @param what names it to operators, such as {@code listrak 11111111-2222-4333-8444-555555555555} */
    Contract(String what) {
        this.what = what;
    }

    public String what() {
        return what;
    }

    public Optional<EventSchema> schema() {
        return Optional.ofNullable(schema);
    }

    /** Returns the time when Listrak last answered about the custom event; empty if it never did. */
    public Optional<Instant> checked() {
        return Optional.ofNullable(checked);
    }

    /** Returns why the last attempt to read the schema failed; empty if it succeeded. */
    public Optional<String> notChecked() {
        return Optional.ofNullable(notChecked);
    }

    /** Takes over what Listrak said, or a file of what it said before. */
    void is(EventSchema now, Instant when, List<Rule> rules) {
        sent.removeIf(misfit -> isMended(misfit, now));
        schema = now;
        ofTheMapping = rules.stream()
                .flatMap(rule -> rule.declaredFields().stream())
                .map(DeclaredField::name)
                .collect(Collectors.toUnmodifiableSet());
        checked = when;
        notChecked = null;
        List<ContractIssue> found = new ArrayList<>();
        if (!now.isForWorkflow()) {
            found.add(new ContractIssue(
                    "no_workflow",
                    Optional.empty(),
                    what + ": expected Workflow in featureAccess, or no journey can use it, found none"));
        }
        for (Rule rule : rules) {
            rule.declaredFields().forEach(field -> misfit(rule, field, now).ifPresent(found::add));
        }
        findings = found.stream().distinct().toList();
    }

    private boolean isMended(Misfit misfit, EventSchema now) {
        if (schema == null || misfit.field().isEmpty()) {
            return !now.equals(schema);
        }
        String field = misfit.field().get();
        return !Objects.equals(schema.types().get(field), now.types().get(field));
    }

    /** Returns the number of fields, and the number of mapped fields that Listrak would discard. */
    String summary() {
        long missing = findings.stream()
                .filter(finding -> finding.reason().equals(EventSchema.UNKNOWN_FIELD))
                .flatMap(finding -> finding.field().stream())
                .distinct()
                .count();
        return "custom event " + (schema.name().isEmpty() ? what : schema.name()) + " has "
                + schema.types().size() + " fields, "
                + (missing == 0 ? "every mapped field is among them" : missing + " mapped fields are not among them");
    }

    /** Listrak doesn't have it, or doesn't let us at it. */
    void isRefused(String reason, String message, Instant when) {
        checked = when;
        notChecked = null;
        findings = List.of(new ContractIssue(reason, Optional.empty(), what + ": " + message));
    }

    /** Listrak could not be asked: what was known stays. */
    void couldNotBeChecked(String why) {
        notChecked = why;
    }

    private Optional<ContractIssue> misfit(Rule rule, DeclaredField field, EventSchema known) {
        String type = known.types().get(field.name());
        String where = what + ": field " + field.name() + " of " + rule + ": ";
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
                        where + "expected " + type + " by the schema, found "
                                + (field.as() == null ? "another" : field.as().listrakName())));
    }

    /** Looks at fields on their way, and takes out those that the schema can't take if that is wanted. */
    void check(ObjectNode fields, boolean isStrict, long now, Listener listener) {
        EventSchema known = schema;
        if (known == null) {
            return;
        }
        Iterator<Map.Entry<String, JsonNode>> all = fields.properties().iterator();
        while (all.hasNext()) {
            Map.Entry<String, JsonNode> field = all.next();
            String reason = known.misfit(field.getKey(), field.getValue());
            use.note(field.getKey(), field.getValue(), reason, now);
            if (reason != null) {
                note(field.getKey(), reason, listener);
                if (isStrict) {
                    all.remove();
                }
            }
        }
    }

    /** Receives each field that doesn't fit the schema. */
    interface Listener {
        void misfit(String reason, Optional<ContractIssue> first);
    }

    private void note(String field, String reason, Listener listener) {
        boolean isNamed = reason.equals(EventSchema.WRONG_TYPE) || ofTheMapping.contains(field);
        Misfit misfit = new Misfit(isNamed ? Optional.of(field) : Optional.empty(), reason);
        boolean isFirst = sent.add(misfit);
        listener.misfit(reason, isFirst ? Optional.of(finding(misfit)) : Optional.empty());
    }

    private ContractIssue finding(Misfit misfit) {
        String field = misfit.field().map(name -> "field " + name).orElse("fields that only events name");
        boolean isUnknown = misfit.reason().equals(EventSchema.UNKNOWN_FIELD);
        return new ContractIssue(
                misfit.reason(),
                misfit.field(),
                what + ": " + field + ", as sent: "
                        + (isUnknown
                                ? "not in the schema, Listrak discards it silently"
                                : "expected a value of its type by the schema, found another"));
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

    /** The fields that were sent since the start and that it doesn't have. */
    public Map<String, FieldUse.Seen> thrownAway() {
        return use.unknown();
    }

    /** Those of the rules, then those of what was sent. */
    public List<ContractIssue> findings() {
        List<ContractIssue> all = new ArrayList<>(findings);
        sent.forEach(misfit -> all.add(finding(misfit)));
        return all;
    }
}
