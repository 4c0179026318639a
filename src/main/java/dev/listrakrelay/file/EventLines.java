package dev.listrakrelay.file;

import java.io.Closeable;
import java.io.IOException;

/** Reads the events of a file one by one, with one event in memory at a time. */
interface EventLines extends Closeable {

    /** The longest line, as long as a request may be. */
    int MAX_BYTES = 500 * 1024;

    /**
     * A line, or a CSV row over several lines.
     *
     * @param json the event; for an invalid line its original content
     * @param mistake the mistake in the line; empty if it is valid
     */
    record Line(byte[] json, String mistake) {}

    /** Returns the number of the last line's start, as an editor counts, from 1. */
    long number();

    /** Returns the next line; null after the last line. */
    Line next() throws IOException;
}
