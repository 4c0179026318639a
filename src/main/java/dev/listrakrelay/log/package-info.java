/** Keeps the log small, and free of what callers send. */
package dev.listrakrelay.log;
