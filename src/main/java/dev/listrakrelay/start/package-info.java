/**
 * Starts the service, or lists everything that prevents the start, runs the other commands of the command line, and reports when
 * all routes have started.
 *
 * <p>No route file calls it. It checks every key under the prefixes of the other packages, and has no properties of its own.
 */
package dev.listrakrelay.start;
