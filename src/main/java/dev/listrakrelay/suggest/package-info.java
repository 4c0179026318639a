/**
 * Suggests lines of the mapping: it compares the fields of Listrak's custom events with the properties of kept events, and
 * edits the text of the mapping file. Used by {@code /admin/mapping/suggestions} and {@code java -jar quarkus-run.jar suggest}.
 *
 * <p>It sends and changes nothing. The package has no configuration of its own.
 */
package dev.listrakrelay.suggest;
