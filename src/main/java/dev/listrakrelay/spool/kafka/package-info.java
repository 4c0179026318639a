/**
 * The engine for more than one machine: a spool in topics of a Kafka cluster, a lane in a partition, delivered by whichever
 * process the consumer group gives it to.
 *
 * <p>No route file calls it: {@code spool:<name>} does. Configured by {@code spool.kafka.*} and {@code spool.*}.
 */
package dev.listrakrelay.spool.kafka;
