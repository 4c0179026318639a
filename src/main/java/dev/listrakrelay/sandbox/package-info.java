/**
 * Simulates Listrak for a try-out: it receives the events that the relay delivers, answers as Listrak's documentation says, and
 * shows the events.
 *
 * <p>It runs only in the {@code sandbox} and {@code dev} profiles, on the loopback interface, and not with real credentials.
 * No route file calls it: {@code 40-deliver.camel.yaml} sends to it over HTTP, as to Listrak. Configured by
 * {@code sandbox.*}.
 */
package dev.listrakrelay.sandbox;
