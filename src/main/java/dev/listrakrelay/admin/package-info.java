/**
 * Shows operators events and dead letters, replays dead letters, forgets contacts, and resumes parked destinations. It answers
 * JSON over HTTP under {@code /admin} on the management port; {@code /admin/openapi.yaml} describes the calls.
 *
 * <p>Configured by {@code admin.*}.
 */
package dev.listrakrelay.admin;
