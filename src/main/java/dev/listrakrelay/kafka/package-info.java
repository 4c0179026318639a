/**
 * How a Kafka cluster is got into, whoever needs one: {@code source.kafka.*} for the source, {@code spool.kafka.*} for the
 * spool.
 */
package dev.listrakrelay.kafka;
