package dev.glosstream.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Certificates made by keytool: of a server on localhost and of a client, each signed by itself.
 *
 * @param folder where the files lie
 */
public record TestCertificates(Path folder) {
    /** Of every store. */
    public static final String PASSWORD = "not-a-secret";

    /** Makes all files in a folder. */
    public static TestCertificates make(Path folder) throws Exception {
        TestCertificates made = new TestCertificates(folder);
        for (String name : List.of("server", "client")) {
            keytool(
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + name,
                    "-validity",
                    "30",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-keystore",
                    folder.resolve(name + ".p12").toString());
            Path pem = folder.resolve(name + ".pem");
            keytool(
                    "-exportcert",
                    "-rfc",
                    "-alias",
                    name,
                    "-file",
                    pem.toString(),
                    "-keystore",
                    folder.resolve(name + ".p12").toString());
            keytool(
                    "-importcert",
                    "-noprompt",
                    "-alias",
                    name,
                    "-file",
                    pem.toString(),
                    "-keystore",
                    folder.resolve(name + "-trust.p12").toString());
        }
        made.writeClientKey();
        return made;
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private void writeClientKey() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(client().toFile(), PASSWORD.toCharArray());
        String key = Base64.getMimeEncoder()
                .encodeToString(store.getKey("client", PASSWORD.toCharArray()).getEncoded());
        Files.writeString(
                clientPem(),
                "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n"
                        + Files.readString(folder.resolve("client.pem")));
    }

    /** Returns the server's key store. */
    public Path server() {
        return folder.resolve("server.p12");
    }

    /** Returns what trusts the server, in PEM. */
    public Path serverTrustPem() {
        return folder.resolve("server.pem");
    }

    /** Returns what trusts the server, in PKCS12. */
    public Path serverTrust() {
        return folder.resolve("server-trust.p12");
    }

    /** Returns the client's key store. */
    public Path client() {
        return folder.resolve("client.p12");
    }

    /** Returns the client's key and certificate, in PEM. */
    public Path clientPem() {
        return folder.resolve("client-key.pem");
    }

    /** Returns what trusts the client, in PKCS12. */
    public Path clientTrust() {
        return folder.resolve("client-trust.p12");
    }
}
