/**
 * Converts customer events into Listrak's format, by the rules of a mapping file.
 *
 * <p>Called by {@code routes/30-map.camel.yaml}; configured by {@code mapping.*}. The file's keys are described in {@code
 * src/docs/mapping-reference.md}. A file is read by {@link dev.listrakrelay.mapping.MappingFile}, compiled into a {@link
 * dev.listrakrelay.mapping.Mapping} of {@link dev.listrakrelay.mapping.Rule rules}, and held by {@link
 * dev.listrakrelay.mapping.CurrentMapping}; its cases are read by {@link dev.listrakrelay.mapping.CaseFile}.
 */
package dev.listrakrelay.mapping;
