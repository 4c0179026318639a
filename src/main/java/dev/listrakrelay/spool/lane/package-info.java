/** What the engines share: how a lane's events are counted, claimed, held back and settled, whatever keeps them. */
package dev.listrakrelay.spool.lane;
