package dev.listrakrelay.spool;

/** Something that any step of a route can read as JSON. */
public interface RawJson {

    /** A JSON object, UTF-8. */
    byte[] raw();
}
