/**
 * A Listrak to try things against: takes what the relay delivers, answers as Listrak is documented to, and shows what it
 * got.
 *
 * <p>It lives in the {@code sandbox} and {@code dev} profiles only, on the loopback interface, and refuses to start
 * beside real credentials. No route file calls it: {@code 40-deliver.camel.yaml} reaches it over HTTP, as it would
 * Listrak. Configured by {@code sandbox.*}.
 */
package dev.listrakrelay.sandbox;
