package io.holdfast.client;

import io.holdfast.client.connect.Secret;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a {@code tcps} endpoint is secured. Certificates are always checked; there is no switch to turn that off.
 *
 * @param trustedCertificates a PEM file with the certificates to trust instead of the JDK's, {@code null} for the JDK's
 * @param certificateChain a PEM file with our own certificate and its chain, for mutual TLS
 * @param privateKey a PEM file (PKCS#8) with our private key; given exactly if the chain is
 * @param privateKeyPassword the key's password, if it has one
 * @param verifyHostName whether the certificate must name the host we connected to; on unless switched off
 */
public record Tls(
        @Nullable Path trustedCertificates,
        @Nullable Path certificateChain,
        @Nullable Path privateKey,
        @Nullable Secret privateKeyPassword,
        boolean verifyHostName) {

    /** The JDK's trust, no certificate of our own, the host name verified. */
    public static final Tls DEFAULTS = new Tls(null, null, null, null, true);

    /** Validates the pair of key and chain. */
    public Tls {
        if ((certificateChain == null) != (privateKey == null)) {
            throw new IllegalArgumentException("mutual TLS needs both the certificate chain and the private key");
        }
    }

    /** These with the certificates of a PEM file as the only ones trusted. */
    public Tls trusting(Path pemFile) {
        return new Tls(pemFile, certificateChain, privateKey, privateKeyPassword, verifyHostName);
    }

    /** These with a certificate of our own, for brokers that ask for one. */
    public Tls identifiedBy(Path chainPemFile, Path keyPemFile, @Nullable Secret keyPassword) {
        return new Tls(trustedCertificates, chainPemFile, keyPemFile, keyPassword, verifyHostName);
    }

    /** These without the host name check; the certificate is still checked. For tunnels whose name differs. */
    public Tls withoutHostNameCheck() {
        return new Tls(trustedCertificates, certificateChain, privateKey, privateKeyPassword, false);
    }
}
