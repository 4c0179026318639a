/**
 * Keeps events safe between the door and their destination, and tells how they fare: what an engine has to do, and the
 * configuration, health and metrics around it.
 *
 * <p>Reached from routes as {@code spool:<name>}; configured by {@code spool.*}, {@code identity.*} and, for how batches
 * leave, by {@code delivery.*}.
 */
package dev.listrakrelay.spool;
