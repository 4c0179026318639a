/**
 * Starts the service, or says everything that keeps it from starting; and tells when its routes have started.
 *
 * <p>No route file calls it. It checks every key under the prefixes of the other packages, and has none of its own.
 */
package dev.listrakrelay.start;
