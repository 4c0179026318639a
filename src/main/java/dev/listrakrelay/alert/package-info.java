/**
 * Tells an on-call engineer when something is wrong, and when it is over: compares the states that the relay has with what it
 * told before, and stores each alert in the spool {@code alerts}.
 *
 * <p>Called by {@code routes/70-alerts}; configured by {@code alerts.*}.
 */
package dev.listrakrelay.alert;
