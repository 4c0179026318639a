package dev.listrakrelay.file;

import java.io.Closeable;
import java.io.IOException;

/** The events of a file, one after the other; no more than one is in memory. */
interface EventLines extends Closeable {

    /** The longest line, as long as a request may be. */
    int MOST_BYTES = 500 * 1024;

    /**
     * One of them.
     *
     * @param json the event, or what stands there instead
     * @param mistake what is wrong with it; empty where nothing is
     */
    record Line(byte[] json, String mistake) {}

    /** The number of the line that the last of them begins in, as an editor counts, from 1. */
    long number();

    /** The next one; null behind the last. */
    Line next() throws IOException;
}
