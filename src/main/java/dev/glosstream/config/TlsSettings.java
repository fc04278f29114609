package dev.glosstream.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Certificates of a connection over TLS, each file PEM, PKCS12 or JKS. Its text shows no password.
 *
 * @param truststore certificates of those to trust; empty for those that Java trusts
 * @param truststorePassword empty for none
 * @param keystore our own certificate and its key, if the other side asks for them
 * @param keystorePassword of the key store, or of the key of a PEM file; empty for none
 */
public record TlsSettings(
        Optional<Path> truststore, String truststorePassword, Optional<Path> keystore, String keystorePassword) {
    /** What Java does by itself. */
    public static final TlsSettings DEFAULT = new TlsSettings(Optional.empty(), "", Optional.empty(), "");

    /** Returns the files. */
    @Override
    public String toString() {
        return "TlsSettings[truststore=" + truststore + ", keystore=" + keystore + "]";
    }
}
