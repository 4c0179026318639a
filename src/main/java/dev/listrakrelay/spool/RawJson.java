package dev.listrakrelay.spool;

/** Provides JSON that any step of a route can read as bytes, a stream or a text. */
public interface RawJson {

    /** A JSON object, UTF-8. */
    byte[] raw();
}
