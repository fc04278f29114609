package dev.glosstream.registry;

import dev.glosstream.config.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificate files → what Java connects with. */
final class TlsContext {
    private TlsContext() {}

    /**
     * Returns a context with the certificates of the settings; empty if they name none, then Java's own will do.
     *
     * @throws RegistryException if a file cannot be read, names the file and not its password
     */
    static Optional<SSLContext> of(TlsSettings settings) {
        if (settings.truststore().isEmpty() && settings.keystore().isEmpty()) {
            return Optional.empty();
        }
        TrustManager @Nullable [] trust = settings.truststore()
                .map(file -> trust(file, settings.truststorePassword()))
                .orElse(null);
        KeyManager @Nullable [] keys = settings.keystore()
                .map(file -> keys(file, settings.keystorePassword()))
                .orElse(null);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return Optional.of(context);
        } catch (GeneralSecurityException e) {
            throw new RegistryException("registry.tls: expected usable certificates, got " + e.getMessage(), e);
        }
    }

    private static TrustManager[] trust(Path file, String password) {
        String setting = "registry.tls.truststore";
        try {
            KeyStore store = isPem(file) ? PemFile.read(file).trustStore() : store(file, password);
            requireNotEmpty(setting, file, store);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw unreadable(setting, file, e);
        }
    }

    private static KeyManager[] keys(Path file, String password) {
        String setting = "registry.tls.keystore";
        try {
            KeyStore store = isPem(file) ? PemFile.read(file).keyStore(password) : store(file, password);
            requireNotEmpty(setting, file, store);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password.toCharArray());
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw unreadable(setting, file, e);
        }
    }

    private static boolean isPem(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return PemFile.isPem(bytes);
    }

    /** Reads PKCS12 or JKS: Java tells them apart. */
    private static KeyStore store(Path file, String password) throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(file.toFile(), password.toCharArray());
    }

    private static void requireNotEmpty(String setting, Path file, KeyStore store) throws GeneralSecurityException {
        if (store.size() == 0) {
            throw new RegistryException(
                    setting + " '" + file + "': expected certificates, got an empty store; name another file", null);
        }
    }

    private static RegistryException unreadable(String setting, Path file, Exception cause) {
        String got = cause instanceof java.nio.file.NoSuchFileException
                ? "none"
                : cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
        return new RegistryException(
                setting + " '" + file + "': expected a readable PEM, PKCS12 or JKS file, got " + got
                        + "; check the file and " + setting + "Password",
                cause);
    }
}
