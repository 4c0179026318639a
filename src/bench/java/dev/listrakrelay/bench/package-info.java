/**
 * The benchmark: posts events to the packaged relay, to a plain Camel route and to a bare probe, one after the other on
 * the same machine, and prints how many events each accepted and delivered.
 *
 * <p>{@code mvn -Pbench} runs it, the properties {@code bench.*} configure it. It isn't part of the packaged program.
 */
package dev.listrakrelay.bench;
