/**
 * Names settings and the program in messages: property keys, environment variables, the command that starts the program, and
 * its version.
 *
 * <p>No route file calls it, and it has no properties of its own.
 */
package dev.listrakrelay.settings;
