/**
 * Takes events from files that were dropped into a folder, line by line, and knows after a crash how far it was.
 *
 * <p>Called by {@code routes/13-source-file.camel.yaml}; configured by {@code source.file.*}.
 */
package dev.listrakrelay.file;
