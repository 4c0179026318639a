package dev.listrakrelay.listrak;

import java.util.Optional;

/**
 * Something that the mapping sends and a custom event at Listrak doesn't take.
 *
 * @param reason unknown_event, no_access, no_workflow, unknown_field or wrong_type
 * @param field which one, where it is about a field
 * @param message <em>where: what, expected, found</em>
 */
public record ContractIssue(String reason, Optional<String> field, String message) {}
