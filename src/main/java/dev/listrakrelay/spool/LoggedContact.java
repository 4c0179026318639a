package dev.listrakrelay.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Decides how a record of the delivery log names a contact. */
public enum LoggedContact {
    /** The SHA-256 hash of the contact in hexadecimal. An e-mail is in lower case, so the warehouse can hash its own. */
    HASH {
        @Override
        public String of(String contact) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(contact.getBytes(UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    },
    /** The contact itself. */
    PLAIN {
        @Override
        public String of(String contact) {
            return contact;
        }
    },
    /** Nothing. */
    NONE {
        @Override
        public String of(String contact) {
            return "";
        }
    };

    /** @param contact of an event; an e-mail in lower case, as the spool has it */
    public abstract String of(String contact);
}
