/**
 * How settings and the program itself are called, for all who print that: keys, environment variables, the command; and the
 * version of the program.
 */
package dev.listrakrelay.settings;
