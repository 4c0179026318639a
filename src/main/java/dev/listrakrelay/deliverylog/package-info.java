/**
 * Sends the delivery log to a file, an HTTP address or a Kafka topic.
 *
 * <p>Called by {@code routes/75-delivery-log.camel.yaml}; configured by {@code delivery-log.*}.
 */
package dev.listrakrelay.deliverylog;
