/**
 * Holds the login and certificate settings of a Kafka cluster: {@code source.kafka.*} for the source, {@code spool.kafka.*}
 * for the spool.
 */
package dev.listrakrelay.kafka;
