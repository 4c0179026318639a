/**
 * Takes events from queues: a Kafka cluster's topics, an AMQP 1.0 broker's queue. What was taken is acknowledged when it
 * is in the spool, and taken again until then.
 *
 * <p>Called by {@code routes/11-source-kafka.camel.yaml}, {@code routes/12-source-amqp.camel.yaml} and {@code
 * routes/92-source-failures.camel.yaml}; configured by {@code source.kafka.*} and {@code source.amqp.*}.
 */
package dev.listrakrelay.queue;
