/**
 * Stores a spool in topics of a Kafka cluster. This is the engine for several machines. A lane is a partition of each
 * topic, and the process that the consumer group assigns it to delivers it.
 *
 * <p>Route files reach it through {@code spool:<name>}. {@code spool.kafka.*} and {@code spool.*} configure it.
 */
package dev.listrakrelay.spool.kafka;
