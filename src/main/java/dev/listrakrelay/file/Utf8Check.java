package dev.listrakrelay.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Checks whether bytes are valid UTF-8. */
final class Utf8Check {

    static final String MISTAKE = "not UTF-8";

    private Utf8Check() {}

    static boolean isIn(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
