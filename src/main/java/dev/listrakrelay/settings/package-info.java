/**
 * How settings are called, as keys and as environment variables, for all who tell what is wrong with them; and the version
 * of the program.
 */
package dev.listrakrelay.settings;
