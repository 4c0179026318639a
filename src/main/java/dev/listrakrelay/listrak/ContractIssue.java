package dev.listrakrelay.listrak;

import java.util.Optional;

/**
 * A difference between the mapping and a custom event of Listrak.
 *
 * @param reason unknown_event, no_access, no_workflow, unknown_field or wrong_type
 * @param field the field's name, if the issue is about a named field
 * @param message the text as <em>where: what, expected, found</em>
 */
public record ContractIssue(String reason, Optional<String> field, String message) {}
