package dev.listrakrelay.admin;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Holds a file of the console page with its headers.
 *
 * @param type its media type
 * @param tag changes with its content
 */
record ConsoleFile(String type, byte[] bytes, String tag) {

    private static final int TAG_BYTES = 12;

    static ConsoleFile of(String type, byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new ConsoleFile(type, bytes, "\"" + HexFormat.of().formatHex(hash, 0, TAG_BYTES) + "\"");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
