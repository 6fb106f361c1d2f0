package io.holdfast.broker.internal.transport;

import io.holdfast.broker.BrokerStartException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/** Loads certificate and key for the listening side. */
public final class TlsMaterial {

    private TlsMaterial() {}

    /** A server's TLS context of these PEM files. */
    public static SslContext load(Path certificate, Path key) {
        try {
            return SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new BrokerStartException(
                    BrokerStartException.Cause.BAD_TLS_MATERIAL,
                    "cannot use TLS certificate " + certificate + " with key " + key + ": " + e.getMessage(),
                    e);
        }
    }
}
