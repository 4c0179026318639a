/**
 * Lets operators look at events and dead letters, replay these, forget a contact, and resume a parked destination: JSON
 * over HTTP under {@code /admin} on the management port, described by {@code /admin/openapi.yaml}.
 *
 * <p>Configured by {@code admin.*}.
 */
package dev.listrakrelay.admin;
