package dev.glosstream.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.config.TlsSettings;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsContextTest {
    @TempDir
    private static Path folder;

    private static TestCertificates certificates;

    @BeforeAll
    static void make() throws Exception {
        certificates = TestCertificates.make(folder);
    }

    private static TlsSettings settings(Path truststore, String trustPassword, Path keystore, String keyPassword) {
        return new TlsSettings(Optional.of(truststore), trustPassword, Optional.of(keystore), keyPassword);
    }

    @Test
    void shouldLeaveItToJavaIfNothingIsSet() {
        assertThat(TlsContext.of(TlsSettings.DEFAULT)).isEmpty();
    }

    @Test
    void shouldReadPkcs12AndPem() {
        String password = TestCertificates.PASSWORD;
        assertThat(TlsContext.of(settings(certificates.serverTrust(), password, certificates.client(), password)))
                .isPresent();
        assertThat(TlsContext.of(settings(certificates.serverTrustPem(), "", certificates.clientPem(), "")))
                .isPresent();
    }

    @Test
    void shouldReadAnEncryptedKey() throws Exception {
        Path encrypted = encrypted("PBEWithHmacSHA256AndAES_256", "key-word");

        assertThatCode(() -> TlsContext.of(settings(certificates.serverTrustPem(), "", encrypted, "key-word")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> TlsContext.of(settings(certificates.serverTrustPem(), "", encrypted, "wrong-word")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("registry.tls.keystorePassword")
                .hasMessageNotContaining("wrong-word");
    }

    private static Path encrypted(String algorithm, String password) throws Exception {
        String pem = Files.readString(certificates.clientPem());
        String key = pem.replaceAll("(?s)-----BEGIN PRIVATE KEY-----(.*)-----END PRIVATE KEY-----.*", "$1");
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray())));
        byte[] secret = cipher.doFinal(Base64.getMimeDecoder().decode(key.strip()));
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
        parameters.init(cipher.getParameters().getEncoded());
        byte[] info = new EncryptedPrivateKeyInfo(parameters, secret).getEncoded();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (OutputStream out = text) {
            out.write("-----BEGIN ENCRYPTED PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII));
            out.write(Base64.getMimeEncoder().encode(info));
            out.write("\n-----END ENCRYPTED PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII));
        }
        return Files.writeString(
                folder.resolve("encrypted.pem"),
                text.toString(StandardCharsets.US_ASCII) + Files.readString(folder.resolve("client.pem")));
    }

    @Test
    void shouldNameAFileThatIsNotThereOrHoldsSomethingElse() throws Exception {
        Path missing = folder.resolve("missing.pem");
        assertThatThrownBy(() -> TlsContext.of(settings(missing, "", certificates.clientPem(), "")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("registry.tls.truststore '" + missing + "'")
                .hasMessageContaining("got none");

        Path other = Files.writeString(folder.resolve("other.txt"), "not a certificate");
        assertThatThrownBy(() -> TlsContext.of(settings(other, "", certificates.clientPem(), "")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(other.toString());
    }

    @Test
    void shouldRefuseAKeyFileWithoutAKey() {
        assertThatThrownBy(() ->
                        TlsContext.of(settings(certificates.serverTrustPem(), "", certificates.serverTrustPem(), "")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("expected one private key and its certificates, got 0 keys");
    }
}
