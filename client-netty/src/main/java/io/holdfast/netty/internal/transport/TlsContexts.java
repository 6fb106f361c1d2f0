package io.holdfast.netty.internal.transport;

import io.holdfast.client.Tls;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link Tls} names and makes of it the JDK's TLS. Blocking, and so on a look-up thread; done anew at each attempt, so
 * that renewed certificates are picked up without a restart.
 */
final class TlsContexts {

    private TlsContexts() {}

    /**
     * The context for one attempt.
     *
     * @throws SSLException naming the file that cannot be used
     */
    static SslContext of(Tls tls) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .endpointIdentificationAlgorithm(tls.verifyHostName() ? "HTTPS" : null);
        trust(builder, tls.trustedCertificates());
        identify(builder, tls);
        return builder.build();
    }

    private static void trust(SslContextBuilder builder, @Nullable Path certificates) throws SSLException {
        if (certificates == null) {
            return;
        }
        check(certificates, "the trusted certificates");
        try {
            builder.trustManager(certificates.toFile());
        } catch (IllegalArgumentException e) {
            throw unusable(certificates, "certificates in PEM form", e);
        }
    }

    private static void identify(SslContextBuilder builder, Tls tls) throws SSLException {
        Path chain = tls.certificateChain();
        Path key = tls.privateKey();
        if (chain == null || key == null) {
            return;
        }
        check(chain, "the certificate chain");
        check(key, "the private key");
        try {
            builder.keyManager(
                    chain.toFile(),
                    key.toFile(),
                    tls.privateKeyPassword() == null
                            ? null
                            : tls.privateKeyPassword().reveal());
        } catch (IllegalArgumentException e) {
            throw unusable(key, "a private key in PEM form (PKCS#8) for " + chain + ", or its password is wrong", e);
        }
    }

    private static void check(Path file, String what) throws SSLException {
        if (!Files.isReadable(file)) {
            throw new SSLException(what + " cannot be read: " + file);
        }
    }

    private static SSLException unusable(Path file, String expected, Throwable cause) {
        return new SSLException(file + " does not hold " + expected, cause);
    }
}
