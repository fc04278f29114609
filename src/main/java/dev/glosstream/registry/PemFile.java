package dev.glosstream.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A PEM file: certificates, and perhaps a private key in PKCS#8, encrypted or not.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468, textual encodings of PKIX, PKCS, and CMS structures</a>
 */
final class PemFile {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final String PASSWORDLESS = "";

    private final List<Block> blocks;

    /** One object of the file. */
    private record Block(String label, String base64) {
        byte[] bytes() {
            return Base64.getMimeDecoder().decode(base64.strip());
        }
    }

    private PemFile(List<Block> blocks) {
        this.blocks = blocks;
    }

    /** Returns whether a file holds PEM. */
    static boolean isPem(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
    }

    /** Reads a file. */
    static PemFile read(Path file) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return new PemFile(blocks);
    }

    /** Returns a store that trusts its certificates; empty if there is none. */
    KeyStore trustStore() throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        for (Certificate certificate : certificates()) {
            store.setCertificateEntry("certificate-" + store.size(), certificate);
        }
        return store;
    }

    /**
     * Returns a store with its key and the certificates of it, the key's own first.
     *
     * @param password of the key in the file, and of the store; empty for none
     * @throws IllegalArgumentException if there is not one key, or no certificate
     */
    KeyStore keyStore(String password) throws GeneralSecurityException, IOException {
        List<Block> keys = blocks.stream()
                .filter(block -> block.label().endsWith("PRIVATE KEY"))
                .toList();
        List<Certificate> chain = certificates();
        if (keys.size() != 1 || chain.isEmpty()) {
            throw new IllegalArgumentException("expected one private key and its certificates, got " + keys.size()
                    + " keys and " + chain.size() + " certificates");
        }
        KeyStore store = empty();
        store.setKeyEntry(
                "key", privateKey(keys.get(0), password), password.toCharArray(), chain.toArray(Certificate[]::new));
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORDLESS.toCharArray());
        return store;
    }

    private List<Certificate> certificates() throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<Certificate> certificates = new ArrayList<>();
        for (Block block : blocks) {
            if (block.label().equals("CERTIFICATE")) {
                certificates.add(factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
            }
        }
        return certificates;
    }

    private static PrivateKey privateKey(Block block, String password) throws GeneralSecurityException, IOException {
        return switch (block.label()) {
            case "PRIVATE KEY" -> privateKey(new PKCS8EncodedKeySpec(block.bytes()));
            case "ENCRYPTED PRIVATE KEY" -> privateKey(decrypted(block.bytes(), password));
            default ->
                throw new IllegalArgumentException("expected a key in PKCS#8 ('BEGIN PRIVATE KEY' or 'BEGIN"
                        + " ENCRYPTED PRIVATE KEY'; openssl pkcs8 -topk8 makes it), got '" + block.label() + "'");
        };
    }

    private static PKCS8EncodedKeySpec decrypted(byte[] bytes, String password)
            throws GeneralSecurityException, IOException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(bytes);
        // PBES2 names its algorithm only as a whole, in its parameters.
        String algorithm = info.getAlgParameters() == null
                ? info.getAlgName()
                : info.getAlgParameters().toString();
        SecretKey key = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray()));
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
        return info.getKeySpec(cipher);
    }

    private static PrivateKey privateKey(PKCS8EncodedKeySpec key) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(key);
            } catch (InvalidKeySpecException other) {
                // A key does not say its algorithm where Java would look for it; the next one may fit.
            }
        }
        throw new InvalidKeySpecException("expected a key of " + String.join(", ", ALGORITHMS) + ", got another");
    }
}
