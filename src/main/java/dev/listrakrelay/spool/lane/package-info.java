/** Counts, claims, holds back and settles the events of a lane, for all engines. */
package dev.listrakrelay.spool.lane;
