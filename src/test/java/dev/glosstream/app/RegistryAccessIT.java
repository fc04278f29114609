package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.registry.RegistryGate;
import dev.glosstream.registry.TestCertificates;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** How a real schema registry is reached: TLS, credentials, outages, its end. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RegistryAccessIT extends WithRegistry {
    private static final String BASIC = "Basic dGVhbTpzZWNyZXQtd29yZA==";
    private static final String[] BY_PASSWORD = {
        "registry.credentials.username=team", "registry.credentials.password=secret-word"
    };

    @Test
    @Order(1)
    void shouldSpeakTlsWithAPasswordAndOutliveAnOutageWithoutDeadLetters() throws Exception {
        try (RegistryGate gate = new RegistryGate(fixture.registry, fixture.certificates, BASIC, false);
                RegistryFixture.Session session = fixture.session(
                        "gate",
                        "registry.url=" + gate.url(),
                        BY_PASSWORD[0],
                        BY_PASSWORD[1],
                        "registry.tls.truststore=" + fixture.certificates.serverTrustPem(),
                        // Shorter than the outage: the transaction is aborted meanwhile, and done again.
                        "kafka.producer.transaction.timeout.ms=2000")) {
            session.send(fixture.event("gate", RegistryRecords.NEWER, "1"));
            session.awaitOutputs(1);
            gate.shut();
            session.send(fixture.event("gate", RegistryRecords.NEWER, "cached"));
            session.awaitOutputs(2);
            session.send(fixture.event("gate", RegistryRecords.OLDER, "not asked yet"));
            session.send(fixture.event("gate", RegistryRecords.NEWER, "behind it"));
            // An outage takes time: there is nothing to wait for.
            TimeUnit.SECONDS.sleep(4);
            gate.open();
            session.awaitOutputs(4);

            assertThat(session.deadLetters()).isEmpty();
            assertThat(session.enriched()).hasSize(4);
        }
    }

    @Test
    @Order(1)
    void shouldShowAClientCertificateAndAToken() throws Exception {
        try (RegistryGate gate = new RegistryGate(fixture.registry, fixture.certificates, "Bearer abc.def", true);
                RegistryFixture.Session session = fixture.session(
                        "mutual",
                        "registry.url=" + gate.url(),
                        "registry.credentials.token=abc.def",
                        "registry.tls.truststore=" + fixture.certificates.serverTrust(),
                        "registry.tls.truststorePassword=" + TestCertificates.PASSWORD,
                        "registry.tls.keystore=" + fixture.certificates.clientPem())) {
            session.send(fixture.event("mutual", RegistryRecords.NEWER, "1"));
            session.awaitOutputs(1);

            assertThat(session.enriched()).hasSize(1);
        }
    }

    @Test
    @Order(1)
    void shouldSayAtTheStartThatTheCredentialsAreWrongWithoutShowingThem() throws Exception {
        try (RegistryGate gate = new RegistryGate(fixture.registry, fixture.certificates, BASIC, false);
                GlosstreamProcess run = fixture.run(
                        "denied",
                        "registry.url=" + gate.url(),
                        "registry.credentials.username=team",
                        "registry.credentials.password=wrong-word",
                        "registry.tls.truststore=" + fixture.certificates.serverTrustPem())) {
            assertThat(run.awaitExit()).isEqualTo(ExitCode.REGISTRY);
            assertThat(run.err())
                    .singleElement()
                    .asString()
                    .contains("got HTTP status 401", "registry.credentials")
                    .doesNotContain("wrong-word");
        }
    }

    @Test
    @Order(2)
    void shouldGoOnWithWhatItKnowsWhenTheRegistryIsKilledAndStopWithoutLossAtWhatItDoesNot() throws Exception {
        byte[] known = fixture.event("killed", RegistryRecords.NEWER, "known");
        byte[] unseen = fixture.event("killed", RegistryRecords.textEvent("unseen"), "unseen");
        try (RegistryFixture.Session session = fixture.session("killed", fixture.url(), "registry.retryFor=1s")) {
            session.send(known);
            session.awaitOutputs(1);
            fixture.registry.kill();
            session.send(known);
            session.awaitOutputs(2);

            session.send(unseen);
            session.pipeline.awaitEnd();
            session.outputs.readToEnd();

            assertThat(session.deadLetters()).isEmpty();
            assertThat(session.enriched()).hasSize(2);
            CommandException failure =
                    RunningPipeline.failure(session.pipeline.fault().orElseThrow());
            assertThat(failure.exitCode()).isEqualTo(ExitCode.REGISTRY);
            assertThat(failure)
                    .hasMessageContaining(fixture.registry.url().toString())
                    .hasMessageContaining("nothing is lost");
        }
    }
}
