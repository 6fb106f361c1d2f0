package io.holdfast.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same broker over TLS, with a certificate that the test makes. */
class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    @Test
    void a_client_that_trusts_the_certificate_logs_on_and_a_plain_one_is_closed() throws Exception {
        KeyStore made = selfSigned();
        Path certificate =
                pem("cert.pem", "CERTIFICATE", made.getCertificate("broker").getEncoded());
        Path key = pem("key.pem", "PRIVATE KEY", made.getKey("broker", PASSWORD).getEncoded());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(made);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);

        try (ReferenceBroker broker = ReferenceBroker.start(
                BrokerConfig.builder().tls(certificate, key).build())) {
            assertThat(broker.uri()).startsWith("tcps://127.0.0.1:");
            try (TestClient client =
                    new TestClient(context.getSocketFactory().createSocket("127.0.0.1", broker.port()))) {
                assertThat(client.logon("alice", "").text("status")).isEqualTo("success");
                client.subscribe("1", "orders");
                client.send("{\"c\":\"p\",\"t\":\"orders\"}" + "x".repeat(100_000));
                assertThat(client.read().body()).hasSize(100_000);
            }
            try (TestClient plain = TestClient.connect(broker)) {
                plain.send("{\"c\":\"logon\",\"client_name\":\"x\",\"a\":\"processed\"}");
                plain.isClosedWithoutAWord(); // an alert may come first
                assertThat(broker.clients()).noneMatch(info -> info.clientName().equals("x"));
            }
        }
    }

    @Test
    void material_that_is_none_is_named() throws Exception {
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
        assertThatThrownBy(() -> ReferenceBroker.start(
                        BrokerConfig.builder().tls(nonsense, nonsense).build()))
                .isInstanceOfSatisfying(BrokerStartException.class, e -> {
                    assertThat(e.kind()).isEqualTo(BrokerStartException.Cause.BAD_TLS_MATERIAL);
                    assertThat(e).hasMessageContaining("nonsense.pem");
                });
    }

    private KeyStore selfSigned() throws Exception {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, PASSWORD);
        }
        return loaded;
    }

    private Path pem(String name, String kind, byte[] der) throws Exception {
        String text = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END " + kind + "-----\n";
        return Files.writeString(folder.resolve(name), text);
    }
}
