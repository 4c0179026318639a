/**
 * The program: its main class, and below it one package for each station on the data's way.
 *
 * <p>The way itself is told by the route files in {@code routes/}; the keys are those of {@code application.properties}.
 */
package dev.listrakrelay;
