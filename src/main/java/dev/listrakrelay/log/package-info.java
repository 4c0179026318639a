/** Keeps the log small, and free of callers' data. */
package dev.listrakrelay.log;
