package dev.listrakrelay.packaged;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A key for localhost with a self-signed certificate, in the file formats that programs need.
 *
 * @param store the key and the certificate, in PKCS12, with the password {@link #PASSWORD}
 * @param certificate the certificate, in PEM
 * @param pair the key and its certificate, in PEM
 */
record Keys(Path store, Path certificate, Path pair) {

    static final String PASSWORD = "changeit";

    private static final String ALIAS = "mykey";

    static Keys make(Path folder, String name) {
        return make(folder, name, 90);
    }

    /** @param days how long the certificate is valid */
    static Keys make(Path folder, String name, int days) {
        Path store = folder.resolve(name + ".p12");
        Machine.run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-validity",
                String.valueOf(days),
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString());
        try (InputStream stored = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(stored, PASSWORD.toCharArray());
            String certificate = pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
            String key = pem(
                    "PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
            return new Keys(
                    store,
                    Files.writeString(folder.resolve(name + ".crt.pem"), certificate),
                    Files.writeString(folder.resolve(name + ".pem"), key + certificate));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] der) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }
}
