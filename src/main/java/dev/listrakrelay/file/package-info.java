/**
 * Reads events line by line from the files that are dropped into a folder, and continues after a crash where it stopped.
 *
 * <p>Called by {@code routes/13-source-file.camel.yaml}; configured by {@code source.file.*}.
 */
package dev.listrakrelay.file;
