/**
 * The benchmark: posts events to the packaged relay, to a plain Camel route and to a bare probe, one after the other on
 * the same machine, and prints what each of them accepted and delivered.
 *
 * <p>Run by {@code mvn -Pbench}, configured by the properties {@code bench.*}; never part of the packaged program.
 */
package dev.listrakrelay.bench;
