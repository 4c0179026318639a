/**
 * Reads events from the topics of a Kafka cluster and from the queue of an AMQP 1.0 broker. A message is acknowledged when
 * the spool has stored it; until then the broker delivers it again.
 *
 * <p>Called by {@code routes/11-source-kafka.camel.yaml}, {@code routes/12-source-amqp.camel.yaml} and {@code
 * routes/92-source-failures.camel.yaml}; configured by {@code source.kafka.*} and {@code source.amqp.*}.
 */
package dev.listrakrelay.queue;
