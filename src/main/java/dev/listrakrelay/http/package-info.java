/**
 * Stands between the network and the routes: limits how much memory and time requests may take, whoever sends them, and
 * keeps what callers send out of the log.
 *
 * <p>Configured by {@code intake.*}.
 */
package dev.listrakrelay.http;
