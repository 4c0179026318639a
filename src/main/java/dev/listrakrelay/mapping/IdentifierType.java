package dev.listrakrelay.mapping;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.listrakrelay.spool.EmailAddress;

/** The types of identifiers (Cross Channel v1, {@code identifierType}), and how values are normalised. */
public enum IdentifierType {
    /** An e-mail address, sent in plain text, trimmed and in lower case (Datafly Signal's Listrak page). */
    EMAIL("email", "EmailAddress") {
        @Override
        String normalize(String text) {
            return EmailAddress.of(text);
        }
    },

    /**
     * A phone number in E.164: a plus and 7 to 15 digits. Spaces, dots, dashes and brackets between them are removed.
     */
    PHONE_NUMBER("phone_number", "PhoneNumber") {
        @Override
        String normalize(String text) {
            StringBuilder number = new StringBuilder(text.length());
            for (char c : text.toCharArray()) {
                if (c == '+' && number.isEmpty() || c >= '0' && c <= '9') {
                    number.append(c);
                } else if (" .-()\t".indexOf(c) < 0) {
                    return null;
                }
            }
            boolean isE164 =
                    number.length() >= 8 && number.length() <= 16 && number.charAt(0) == '+' && number.charAt(1) != '0';
            return isE164 ? number.toString() : null;
        }
    },

    /** The id that Listrak's mobile SDK assigned, unchanged. */
    MOBILE_CONTACT_UID("mobile_contact_uid", "MobileContactUid") {
        @Override
        String normalize(String text) {
            return text.isBlank() ? null : text.strip();
        }
    };

    private final String key;
    private final SerializedString listrakName;

    IdentifierType(String key, String listrakName) {
        this.key = key;
        this.listrakName = new SerializedString(listrakName);
    }

    /** The name in the mapping file. */
    public String key() {
        return key;
    }

    SerializableString listrakName() {
        return listrakName;
    }

    /** Returns the value in the form that Listrak gets; null if the text is not such an identifier. */
    abstract String normalize(String text);
}
