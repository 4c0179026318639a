/**
 * Protects the relay from its callers: limits the memory and time of requests, and keeps callers' data out of the
 * log.
 *
 * <p>Configured by {@code intake.*}.
 */
package dev.listrakrelay.http;
